package org.smsfilter.demo.why

import android.content.Context
import org.smsfilter.Category
import org.smsfilter.Received
import org.smsfilter.Relation
import org.smsfilter.Verdict
import org.smsfilter.demo.R

/** What a message is, in the user's language. The library speaks Chinese where it loads no JNA. */
private val CATEGORIES = mapOf(
    Category.UNKNOWN to R.string.kind_unknown,
    Category.PERSONAL to R.string.kind_personal,
    Category.SERVICE to R.string.kind_service,
    Category.PUBLIC to R.string.kind_public,
    Category.CODE to R.string.kind_code,
    Category.PROMOTION to R.string.kind_promotion,
    Category.ILLEGAL to R.string.kind_illegal,
    Category.FRAUD to R.string.kind_fraud,
    Category.PHISHING to R.string.kind_phishing,
)

private val RELATIONS = mapOf(
    Relation.CONTACT to R.string.relation_contact,
    Relation.REPLIED to R.string.relation_replied,
    Relation.KNOWN_SERVICE to R.string.relation_known_service,
    Relation.UNKNOWN_SERVICE to R.string.relation_unknown_service,
    Relation.FOREIGN to R.string.relation_foreign,
    Relation.UNKNOWN_MOBILE to R.string.relation_unknown_mobile,
)

/**
 * A subcategory.
 *
 * @property wire as [Verdict.subcategory] names it
 * @property title as it stands behind the dot of [Received.title]
 */
private class Sub(val wire: String, val title: String, val name: Int)

private val SUBS = listOf(
    Sub("bank", "银行", R.string.sub_bank),
    Sub("card", "银行卡", R.string.sub_card),
    Sub("payment", "支付", R.string.sub_payment),
    Sub("parcel", "快递", R.string.sub_parcel),
    Sub("order", "订单", R.string.sub_order),
    Sub("travel", "出行", R.string.sub_travel),
    Sub("carrier", "运营商", R.string.sub_carrier),
    Sub("utility", "生活缴费", R.string.sub_utility),
    Sub("medical", "医疗", R.string.sub_medical),
    Sub("education", "教育", R.string.sub_education),
    Sub("property", "物业", R.string.sub_property),
    Sub("property", "房产", R.string.sub_estate),
    Sub("work", "工作", R.string.sub_work),
    Sub("account", "账号", R.string.sub_account),
    Sub("insurance", "保险", R.string.sub_insurance),
    Sub("government", "政务", R.string.sub_government),
    Sub("police", "公安", R.string.sub_police),
    Sub("court", "法院", R.string.sub_court),
    Sub("tax", "税务", R.string.sub_tax),
    Sub("social", "社保", R.string.sub_social),
    Sub("emergency", "应急", R.string.sub_emergency),
    Sub("weather", "气象", R.string.sub_weather),
    Sub("anti-fraud", "反诈提醒", R.string.sub_anti_fraud),
    Sub("retail", "零售", R.string.sub_retail),
    Sub("finance", "金融", R.string.sub_finance),
    Sub("leisure", "休闲", R.string.sub_leisure),
    Sub("app", "应用", R.string.sub_app),
    Sub("recruitment", "招聘", R.string.sub_recruitment),
    Sub("survey", "调查", R.string.sub_survey),
    Sub("gambling", "赌博", R.string.sub_gambling),
    Sub("adult", "色情", R.string.sub_adult),
    Sub("forgery", "假证假票", R.string.sub_forgery),
    Sub("drugs", "毒品", R.string.sub_drugs),
    Sub("weapons", "枪支", R.string.sub_weapons),
    Sub("data", "数据买卖", R.string.sub_data),
    Sub("loan", "贷款", R.string.sub_loan),
    Sub("part-time", "兼职刷单", R.string.sub_part_time),
    Sub("impersonation", "冒充", R.string.sub_impersonation),
    Sub("prize", "中奖", R.string.sub_prize),
    Sub("investment", "投资", R.string.sub_investment),
    Sub("refund", "退款", R.string.sub_refund),
    Sub("romance", "婚恋", R.string.sub_romance),
    Sub("ticket", "票务", R.string.sub_ticket),
    Sub("platform", "平台", R.string.sub_platform),
)

/** A category, such as Promotion. */
fun Context.name(category: Category): String = getString(CATEGORIES.getValue(category))

/** Who wrote, as a policy sees it, such as an unknown number. */
fun Context.name(relation: Relation): String = getString(RELATIONS.getValue(relation))

/** A subcategory by its wire name; `null` if there is nothing to say. */
fun Context.subcategory(category: Category, wire: String): String? {
    val named = SUBS.filter { it.wire == wire }
    val sub = if (category == Category.PROMOTION) named.lastOrNull() else named.firstOrNull()
    return sub?.let { getString(it.name) }
}

/** What a message is, such as Phishing · Bank: for a list, as nothing is asked of JNA. */
fun Context.kind(received: Received): String {
    val title = received.title.substringAfter(DOT, "")
    return kind(received.category, SUBS.find { it.title == title }?.let { getString(it.name) })
}

/** A one-time code, or a notice of bank, card or payment: what nobody wants to miss. */
val Received.isUrgent: Boolean
    get() = category == Category.CODE ||
        category == Category.SERVICE && SUBS.any { it.title == title.substringAfter(DOT, "") && it.wire in URGENT }

/** What a message is, of a verdict. */
fun Context.kind(verdict: Verdict): String = kind(verdict.category, subcategory(verdict.category, verdict.subcategory))

private fun Context.kind(category: Category, sub: String?) = listOfNotNull(name(category), sub).joinToString(DOT)

private val URGENT = setOf("bank", "card", "payment")

private const val DOT = " · "
