package org.smsfilter.demo.messages

import android.content.Context
import android.provider.Telephony.Sms
import org.smsfilter.Known

/** A contact with one of its numbers. */
data class Person(val name: String, val number: String) {
    /** A person may end up in a log by accident. */
    override fun toString(): String = "Person"
}

/** Who writes: names from the address book, if that is permitted, and whom the user wrote to. All methods wait for the disk. */
class People(private val context: Context) {
    private val contacts = Contacts(context)

    /** The name of a contact; `null` if there is none or it may not be read. For a list there is [names]. */
    fun name(address: String): String? = contacts.name(address)

    /** The names for a list, however long: one question, and none as long as the address book stays as it is. */
    fun names(): Contacts.Names = contacts.names()

    /** Contacts whose name or number begins so. None without the permission. */
    fun find(text: String, limit: Int = 20): List<Person> = contacts.find(text, limit)

    /** What the user has to do with a sender. For a history there is [relations]. */
    fun relation(address: String): Known = when {
        address.isEmpty() -> Known.NONE
        name(address) != null -> Known.CONTACT
        wroteTo(address) -> Known.REPLIED
        else -> Known.NONE
    }

    /** The same for all senders of a history, in two questions. */
    fun relations(): (String) -> Known {
        val names = names()
        val replied = sentTo("1", emptyArray()).groupBy(Contacts::end)
        val known = HashMap<String, Known>()
        return { address ->
            known.getOrPut(address) {
                when {
                    address.isEmpty() -> Known.NONE
                    names[address] != null -> Known.CONTACT
                    replied[Contacts.end(address)].orEmpty().any { Contacts.same(it, address) } -> Known.REPLIED
                    else -> Known.NONE
                }
            }
        }
    }

    // The last digits find it with and without a country code; Android decides whether it is the same number.
    private fun wroteTo(address: String): Boolean =
        sentTo("${Sms.ADDRESS} LIKE ?", arrayOf("%" + Contacts.end(address))).any { Contacts.same(it, address) }

    private fun sentTo(where: String, args: Array<String>): Set<String> {
        val sent = context.contentResolver.query(Sms.Sent.CONTENT_URI, arrayOf(Sms.ADDRESS), where, args, null)
        return sent?.use { row -> generateSequence { if (row.moveToNext()) row.getString(0).orEmpty() else null }.toSet() }.orEmpty()
    }
}
