package org.smsfilter.demo.receive

import android.content.Context
import android.util.AtomicFile
import java.io.File
import org.json.JSONObject
import org.smsfilter.Delivery
import org.smsfilter.Message
import org.smsfilter.Sim

/**
 * Messages that Android's store did not take, as when the disk is full or its process fails: Android delivers no message twice, so each
 * waits in a file of its own until the store has it. The files are in no backup, and deleted as soon as that is so.
 */
class Unstored(context: Context) {
    private val folder = File(context.noBackupFilesDir, "unstored")

    /** Keeps a message, and returns the name that it has here. One that is kept already is kept once. */
    fun keep(delivery: Delivery): String {
        val message = delivery.message
        val name = "%016x-%d-%08x".format(delivery.sentAt ?: message.receivedAt, delivery.subscription, listOf(message.sender, message.body).hashCode())
        folder.mkdirs()
        val row = JSONObject().put("sender", message.sender).put("body", message.body).put("at", message.receivedAt)
            .put("offset", message.utcOffsetMinutes).put("slot", message.sim?.slot ?: -1).put("sent", delivery.sentAt ?: -1L)
            .put("subscription", delivery.subscription)
        val file = AtomicFile(File(folder, name))
        val out = file.startWrite()
        try {
            out.write(row.toString().toByteArray())
            file.finishWrite(out)
        } catch (e: java.io.IOException) {
            file.failWrite(out)
            throw e
        }
        return name
    }

    /** What is kept, by name, the oldest first. */
    fun all(): Map<String, Delivery> = folder.list().orEmpty().sorted().mapNotNull { name -> read(name)?.let { name to it } }.toMap()

    fun forget(name: String): Unit = AtomicFile(File(folder, name)).delete()

    /** What cannot be read is left alone. */
    private fun read(name: String): Delivery? = try {
        val row = JSONObject(String(AtomicFile(File(folder, name)).readFully()))
        val sim = row.getInt("slot").takeIf { it in 0..255 }?.let { Sim(it) }
        val message = Message(row.getString("sender"), row.getString("body"), row.getLong("at"), row.getInt("offset"), sim)
        Delivery(message, row.getLong("sent").takeIf { it >= 0 }, row.getInt("subscription"))
    } catch (_: Exception) {
        null
    }
}
