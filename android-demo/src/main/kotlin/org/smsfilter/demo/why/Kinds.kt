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

/** Subcategories by wire name, as [Verdict.subcategory] has it. */
private val SUBS = mapOf(
    "bank" to R.string.sub_bank,
    "card" to R.string.sub_card,
    "payment" to R.string.sub_payment,
    "parcel" to R.string.sub_parcel,
    "order" to R.string.sub_order,
    "travel" to R.string.sub_travel,
    "carrier" to R.string.sub_carrier,
    "utility" to R.string.sub_utility,
    "medical" to R.string.sub_medical,
    "education" to R.string.sub_education,
    "property" to R.string.sub_property,
    "work" to R.string.sub_work,
    "account" to R.string.sub_account,
    "insurance" to R.string.sub_insurance,
    "government" to R.string.sub_government,
    "police" to R.string.sub_police,
    "court" to R.string.sub_court,
    "tax" to R.string.sub_tax,
    "social" to R.string.sub_social,
    "emergency" to R.string.sub_emergency,
    "weather" to R.string.sub_weather,
    "anti-fraud" to R.string.sub_anti_fraud,
    "retail" to R.string.sub_retail,
    "finance" to R.string.sub_finance,
    "leisure" to R.string.sub_leisure,
    "app" to R.string.sub_app,
    "recruitment" to R.string.sub_recruitment,
    "survey" to R.string.sub_survey,
    "gambling" to R.string.sub_gambling,
    "adult" to R.string.sub_adult,
    "forgery" to R.string.sub_forgery,
    "drugs" to R.string.sub_drugs,
    "weapons" to R.string.sub_weapons,
    "data" to R.string.sub_data,
    "loan" to R.string.sub_loan,
    "part-time" to R.string.sub_part_time,
    "impersonation" to R.string.sub_impersonation,
    "prize" to R.string.sub_prize,
    "investment" to R.string.sub_investment,
    "refund" to R.string.sub_refund,
    "romance" to R.string.sub_romance,
    "ticket" to R.string.sub_ticket,
    "platform" to R.string.sub_platform,
)

/** A category, such as Promotion. */
fun Context.name(category: Category): String = getString(CATEGORIES.getValue(category))

/** Who wrote, as a policy sees it, such as an unknown number. */
fun Context.name(relation: Relation): String = getString(RELATIONS.getValue(relation))

/** A subcategory by its wire name; `null` if there is nothing to say. */
fun Context.subcategory(category: Category, wire: String): String? = when {
    // What is advertised is a home to buy, what serves is the house one lives in.
    category == Category.PROMOTION && wire == "property" -> getString(R.string.sub_estate)
    else -> SUBS[wire]?.let(::getString)
}

/** What a message is, such as Phishing · Bank: for a list, as nothing is asked of JNA. */
fun Context.kind(received: Received): String = kind(received.category, subcategory(received.category, received.subcategory))

/** A one-time code, or a notice of bank, card or payment: what nobody wants to miss. */
val Received.isUrgent: Boolean
    get() = category == Category.CODE || category == Category.SERVICE && subcategory in URGENT

/** What a message is, of a verdict. */
fun Context.kind(verdict: Verdict): String = kind(verdict.category, subcategory(verdict.category, verdict.subcategory))

/** The same within a sentence, such as phishing (posing as a bank). */
fun Context.kindInSentence(received: Received): String = kindInSentence(received.category, received.subcategory)

fun Context.kindInSentence(verdict: Verdict): String = kindInSentence(verdict.category, verdict.subcategory)

private fun Context.kindInSentence(category: Category, wire: String): String {
    val name = inside(name(category))
    val form = if (category == Category.PHISHING && wire in INSTITUTIONS) R.string.kind_posing else R.string.kind_in_sentence
    return subcategory(category, wire)?.let { getString(form, name, it) } ?: name
}

/** A name within a sentence: languages with small and great letters have a small one there. */
fun Context.inside(name: String): String = name.replaceFirstChar { it.lowercase(resources.configuration.locales[0]) }

private fun Context.kind(category: Category, sub: String?) = listOfNotNull(name(category), sub).joinToString(DOT)

private val URGENT = setOf("bank", "card", "payment")

/** Those that phishing pretends to come from. */
private val INSTITUTIONS = setOf("bank", "carrier", "insurance", "government", "police", "court", "tax", "social")

private const val DOT = " · "
