package org.smsfilter

import android.content.Intent
import android.provider.Telephony.Sms.Intents
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config

@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class DeliveryTest {
    private fun intent(vararg pdus: ByteArray): Intent =
        Intent(Intents.SMS_DELIVER_ACTION).putExtra("pdus", arrayOf(*pdus)).putExtra("format", "3gpp")

    /** A 3GPP SMS-DELIVER of one UCS-2 part, sent on 2026-11-21 at 08:05 in China. */
    private fun pdu(number: String, text: String, coding: Int = 0x08): ByteArray {
        val digits = number.padEnd((number.length + 1) / 2 * 2, 'F')
        val address = digits.chunked(2).map { it.reversed().toInt(16).toByte() }
        val body = text.toByteArray(Charsets.UTF_16BE)
        val time = byteArrayOf(0x62, 0x11, 0x12, 0x80.toByte(), 0x50, 0x00, 0x23)
        return byteArrayOf(0x00, 0x04, number.length.toByte(), 0x81.toByte()) + address + byteArrayOf(0x00, coding.toByte()) + time +
            body.size.toByte() + body
    }

    @Test
    fun `the parts of a message are joined, with its sender, times and SIM`() {
        val intent = intent(pdu("13800138000", "双十一大促，"), pdu("13800138000", "回T退订")).putExtra("slot", 1).putExtra("subscription", 7)
        val delivery = Delivery.read(intent, NOW + 5)!!
        assertEquals("13800138000" to "双十一大促，回T退订", delivery.message.sender to delivery.message.body)
        assertEquals(NOW + 5 to NOW, delivery.message.receivedAt to delivery.sentAt)
        assertEquals(Sim(1) to 7, delivery.message.sim to delivery.subscription)
        assertEquals(false, delivery.isFlash)
    }

    @Test
    fun `the names that newer versions of Android have for the SIM win`() {
        val intent = intent(pdu("10086", "您好")).putExtra("slot", 1).putExtra("subscription", 7)
        intent.putExtra("android.telephony.extra.SLOT_INDEX", 0).putExtra("android.telephony.extra.SUBSCRIPTION_INDEX", 3)
        val delivery = Delivery.read(intent, NOW)!!
        assertEquals(Sim(0) to 3, delivery.message.sim to delivery.subscription)
    }

    @Test
    fun `a message without a SIM has none`() {
        val delivery = Delivery.read(intent(pdu("10086", "您好")), NOW)!!
        assertNull(delivery.message.sim)
        assertEquals(-1, delivery.subscription)
    }

    @Test
    fun `class 0 is a flash message`() {
        assertTrue(Delivery.read(intent(pdu("10086", "您好", coding = 0x18)), NOW)!!.isFlash)
    }

    @Test
    fun `an intent without a message is none`() {
        assertNull(Delivery.read(Intent(Intents.SMS_DELIVER_ACTION), NOW))
    }

    @Test
    fun `neither sender nor text gets into a log`() {
        val shown = "${Delivery.read(intent(pdu("13800138000", "您好")), NOW)}"
        assertEquals(false, "138" in shown || "您好" in shown)
    }

    @Test
    fun `a delivery without its time is refused where it is made`() {
        assertThrows(IllegalArgumentException::class.java) { Delivery(Message("10086", "您好")) }
    }
}
