package org.smsfilter

import java.io.File

/** The national rules, the real library, and the ledgers of a phone. Another desk over the same directory is another process. */
class Desk(dir: File, step: (String) -> Unit = {}) : AutoCloseable {
    private var isReady = false
    val phone = Phone(dir, step = { if (isReady) step(it) })
    val filter: SmsFilter = SmsFilter.openImage(image)
    val ledgers = Ledgers(filter, phone.index)
    val index: Index get() = phone.index

    init {
        filter.classify(Message("", ""))
        Core.mostSignatures
        isReady = true
    }

    /** Receives a message and tells the application of it, and nothing more. */
    fun receive(message: Message): MessageKey {
        val before = phone.stored().size
        phone.receiver.receive(Delivery(message, message.receivedAt))
        check(phone.stored().size == before + 1) { "expected a new message" }
        return MessageKey(phone.stored().last().id, message.receivedAt!!)
    }

    /** Receives a message and brings it into the ledgers. */
    fun note(message: Message): Noted = ledgers.note(receive(message).id, message)

    /** All that is stored, as text. */
    fun content(): String = StringBuilder().also(index::export).toString()

    override fun close() {
        filter.close()
        phone.close()
    }

    companion object {
        private val image = File(System.getProperty("smsfilter.target"), "national.smsi").readBytes()
    }
}

/** The commercial port of the tests. */
const val PORT = "10690000000000"

fun advert(at: Long = NOW, sender: String = PORT): Message = Message(sender, "【试验商城】会员日全场五折，满200减100，退订回TD", at, 480)

fun from7726(at: Long, text: String = "Please reply with the number"): Message = Message("7726", text, at, 480, Sim(0))

/** A lure that came on a SIM from outside China, so that 7726 is proposed. */
fun abroad(at: Long = NOW): Message =
    Message("13800138000", "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证。", at, 480, Sim(0, "310260"))
