package org.example

import java.io.File
import kotlin.system.exitProcess
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Message
import org.smsfilter.Preset
import org.smsfilter.Sim
import org.smsfilter.SmsFilter
import org.smsfilter.SmsFilterException
import org.smsfilter.Trust

/** The first argument is the folder that an application finds in its assets as `smsfilter`. */
object Main {
    @JvmStatic
    fun main(args: Array<String>) {
        val lure = Message("13800138000", LURE, sim = Sim(0, "46000"))
        // An image first, as a receiver does: the short road before the long one.
        SmsFilter.openImage(File(args[0], "national.smsi").readBytes()).use { filter ->
            val received = filter.receive(lure)
            println("receive: ${received.category} ${received.score} ${received.title} ${received.action}")
            expect(received.category == Category.PHISHING && received.failure == null && "钓鱼" in received.title)
            expect(Inbox(filter).place(lure) == Action.QUARANTINE)

            val (verdict, decision) = filter.decide(lure, Preset.STRICT)
            println("decide: $verdict $decision")
            expect(verdict == filter.classify(lure) && verdict.points == filter.explain(lure).sumOf { it.points })
            expect(filter.draftReport(lure).steps.isNotEmpty())

            filter.install(Trust.development(), File(args[0], "national.smsb").readBytes())
            expect(filter.receive(lure) == received)
            val refused = runCatching { filter.install(Trust.development(), ByteArray(3)) }.exceptionOrNull()
            println("refused: $refused")
            expect((refused as SmsFilterException).code == "bundle.not-a-bundle")
        }
    }

    const val LURE = "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证，以免影响通行。"

    private fun expect(held: Boolean) {
        if (held) return
        Throwable("not as expected").printStackTrace()
        exitProcess(1)
    }
}
