package org.smsfilter.demo.messages

import android.provider.Telephony.Sms
import java.io.File
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.Relation
import org.smsfilter.demo.Handset
import org.smsfilter.demo.NOW
import org.smsfilter.demo.policy.Stop
import org.smsfilter.demo.policy.Trial
import org.smsfilter.demo.policy.with

/**
 * What a history of ten thousand messages costs, each in milliseconds (the median of several runs) and as a ratio to the plain query of the
 * same rows in the same database. No part of the usual tests, as nothing of theirs depends on time: android-demo/README.md has the command.
 */
@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class HistoryBench {
    @get:Rule
    val handset = Handset()

    @Test
    fun bench() {
        fill()
        val phone = handset.app.phone
        val standard = Policy.preset(Preset.STANDARD)
        val change = standard to standard.with(Category.PROMOTION, Relation.UNKNOWN_SERVICE, Action.QUARANTINE)
        val mailbox = phone.mailbox
        val shown = mailbox.conversations().map { it.last.sms.id }
        val found = mailbox.search(WORD).map { it.sms.id }
        assertEquals(listOf(50, 100), listOf(shown.size, found.size))
        assertEquals(MESSAGES, Trial.of(handset.app, change, Stop()) { _, _ -> }.preview.messages)
        val report = JSONObject().put("messages", MESSAGES)
        report.put("first_page", cost({ phone.people.names().run { mailbox.conversations().map { this[it.last.sms.address] } } }) { rows("_id IN (${shown.joinToString()})") })
        report.put("preview", cost({ Trial.of(handset.app, change, Stop()) { _, _ -> } }) { rows("type = 1") })
        report.put("search", cost({ mailbox.search(WORD) }) { rows("body LIKE '%$WORD%' ORDER BY date DESC, _id DESC LIMIT 100") })
        // A word that nothing has: every text is looked at.
        report.put("search_nothing", cost({ mailbox.search("没有人写过") }) { rows("body LIKE '%没有人写过%' ORDER BY date DESC, _id DESC LIMIT 100") })
        File(System.getProperty("smsfilter.target"), "history.json").writeText("${report.toString(1)}\n")
        println(report.toString(1))
    }

    private fun cost(work: () -> Unit, plain: () -> Unit): JSONObject {
        val (ms, least) = median(work) to median(plain)
        return JSONObject().put("ms", round(ms)).put("plain_ms", round(least)).put("ratio", round(ms / least))
    }

    private fun round(value: Double) = Math.round(value * 100) / 100.0

    /** In milliseconds. */
    private fun median(work: () -> Unit): Double {
        repeat(WARM) { work() }
        val times = List(RUNS) {
            val from = System.nanoTime()
            work()
            (System.nanoTime() - from) / 1e6
        }
        return times.sorted()[RUNS / 2]
    }

    /** The plain query: every column that the application reads, and nothing made of them. */
    private fun rows(where: String): Unit =
        handset.sms.db.rawQuery("SELECT _id, thread_id, address, body, date, type, read, status, sub_id, error_code FROM sms WHERE $where", null).use { row ->
            var length = 0
            while (row.moveToNext()) length += row.getString(2).length + row.getString(3).length + row.getLong(4).toInt()
            check(length != 1)
        }

    /** Four hundred senders: some write daily, most a few times; contacts, ports and strangers. */
    private fun fill(): Unit = handset.sms.db.run {
        beginTransaction()
        for (i in 0 until MESSAGES) {
            val sender = if (i % 3 == 0) i % 20 else i % 400
            val (kind, text) = TEXTS[sender % TEXTS.size]
            val address = if (kind) "1069%06d".format(sender) else "138%08d".format(sender * 7919)
            execSQL(
                "INSERT INTO sms (thread_id, address, body, date, type, read) VALUES (?, ?, ?, ?, ?, 1)",
                arrayOf<Any>(sender + 1, address, text.format(i), NOW - (MESSAGES - i) * 60_000L, Sms.MESSAGE_TYPE_INBOX),
            )
        }
        for (i in 0 until 500) execSQL("INSERT INTO sms (thread_id, address, body, date, type, read) VALUES (?, ?, '好', ?, 2, 1)", arrayOf<Any>(i % 90 + 1, "138%08d".format(i % 90 * 7919), NOW - i * 600_000L - 1))
        setTransactionSuccessful()
        endTransaction()
        for (sender in 0 until 400 step 5) handset.book.names["138%08d".format(sender * 7919)] = "联系人$sender"
    }

    private companion object {
        const val MESSAGES = 10_000
        const val WORD = "聚餐"
        const val WARM = 3
        const val RUNS = 9

        /** Whether a company writes it, and what. */
        val TEXTS = listOf(
            false to "第%d次问你：周末聚餐去不去？我订了六点的位子，在老地方。",
            true to "【试验商城】您的登录验证码是%06d，5分钟内有效，请勿告诉他人。",
            true to "【试验商城】会员日全场五折，满200减100，限量%d份，退订回TD",
            false to "到家了，第%d天。明天早上七点半出发，别忘了带钥匙和雨伞。",
            true to "【试验快递】您的包裹%d已到驿站，取件码3-2-1004，请今日20点前领取。",
            true to "【试验银行】您尾号1234的账户支出人民币%d.00元，余额1000.00元。",
            false to "恭喜！您的号码抽中大奖%d万元，请加微信领取，先交手续费。",
            false to "会议改到三点，材料第%d版在群里，大家看一下再来。",
        )
    }
}
