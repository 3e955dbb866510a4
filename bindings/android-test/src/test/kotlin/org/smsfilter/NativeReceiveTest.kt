package org.smsfilter

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.internal.ReceivePath

/** The real filter under the receiver. */
@RunWith(AndroidRunner::class)
@Config(sdk = [26, 35])
class NativeReceiveTest {
    @get:Rule
    val folder = TemporaryFolder()
    private val image = File(System.getProperty("smsfilter.target"), "national.smsi").readBytes()
    private val lure = "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证，以免影响通行。"

    @Test
    fun `a lure is quarantined and a code is not`() {
        assertSame(ClassLoader.getSystemClassLoader(), ReceivePath::class.java.classLoader)
        SmsFilter.openImage(image).use { filter ->
            Phone(folder.root, filter::receive).use { phone ->
                val received = phone.receiver.receive(delivery(1, lure))
                assertEquals(Category.PHISHING to Action.QUARANTINE, received.category to received.action)
                assertEquals("as the filter says it", filter.receive(delivery(1, lure).message), received)
                phone.receiver.receive(delivery(2, "【云上书店】验证码 482913，5分钟内有效，请勿告知他人。"))
                assertEquals(listOf(true, false), phone.stored().map { phone.index.get(it.id)!!.isHidden })
                assertEquals("and the index remembers the same", received, phone.index.get(1)!!.received)
                assertEquals("钓鱼 · 政务", phone.index.get(1)!!.received.title)
            }
        }
    }

    @Test
    fun `a closed filter delivers to the inbox, and the index remembers why`() {
        val filter = SmsFilter.openImage(image)
        filter.close()
        Phone(folder.root, filter::receive).use { phone ->
            assertEquals(Failure.CLOSED, phone.receiver.receive(delivery(1, lure)).failure)
            assertEquals(Action.INBOX to Failure.CLOSED, phone.index.get(1)!!.received.let { it.action to it.failure })
            assertEquals(listOf(1L), phone.told)
        }
    }

    @Test
    fun `every category and subcategory comes back from the index with its title`() {
        SmsFilter.openImage(image).use {
            Phone(folder.root).use { phone ->
                for (category in Category.entries) {
                    val received = received(category).copy(number = 0)
                    phone.index.put(MessageKey(category.ordinal + 1L, NOW), received)
                    assertEquals(received.title, phone.index.get(category.ordinal + 1L)!!.received.title)
                    assertNull(received.failure)
                }
            }
        }
    }
}
