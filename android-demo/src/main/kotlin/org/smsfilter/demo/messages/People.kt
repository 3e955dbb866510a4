package org.smsfilter.demo.messages

import android.Manifest.permission.READ_CONTACTS
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.net.Uri
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.provider.ContactsContract.PhoneLookup
import android.provider.Telephony.Sms
import android.telephony.PhoneNumberUtils
import org.smsfilter.Known

/** A contact with one of its numbers. */
data class Person(val name: String, val number: String) {
    /** A person may end up in a log by accident. */
    override fun toString(): String = "Person"
}

/** Who writes: names from the address book, if that is permitted, and whom the user wrote to. */
class People(private val context: Context) {
    /** The name of a contact; `null` if there is none or it may not be read. */
    fun name(address: String): String? {
        if (address.isEmpty() || context.checkSelfPermission(READ_CONTACTS) != PERMISSION_GRANTED) return null
        val uri = Uri.withAppendedPath(PhoneLookup.CONTENT_FILTER_URI, Uri.encode(address))
        return context.contentResolver.query(uri, arrayOf(PhoneLookup.DISPLAY_NAME), null, null, null)
            ?.use { if (it.moveToFirst()) it.getString(0) else null }
    }

    /** Contacts whose name or number begins so. None without the permission. */
    fun find(text: String, limit: Int = 20): List<Person> {
        if (text.isBlank() || context.checkSelfPermission(READ_CONTACTS) != PERMISSION_GRANTED) return emptyList()
        val uri = Uri.withAppendedPath(Phone.CONTENT_FILTER_URI, Uri.encode(text.trim()))
        val rows = context.contentResolver.query(uri, arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER), null, null, null)
        return rows?.use { row ->
            generateSequence { if (row.moveToNext()) Person(row.getString(0).orEmpty(), row.getString(1).orEmpty()) else null }
                .filter { it.number.isNotEmpty() }.distinct().take(limit).toList()
        }.orEmpty()
    }

    /** What the user has to do with a sender. */
    fun relation(address: String): Known = when {
        address.isEmpty() -> Known.NONE
        name(address) != null -> Known.CONTACT
        wroteTo(address) -> Known.REPLIED
        else -> Known.NONE
    }

    private fun wroteTo(address: String): Boolean {
        // The last digits find it with and without a country code; Android decides whether it is the same number.
        val end = address.takeLast(SAME)
        val sent = context.contentResolver
            .query(Sms.Sent.CONTENT_URI, arrayOf(Sms.ADDRESS), "${Sms.ADDRESS} LIKE ?", arrayOf("%$end"), null)
        return sent?.use { row -> generateSequence { if (row.moveToNext()) row.getString(0) else null }.any { same(it, address) } } ?: false
    }

    private fun same(one: String, other: String) = one == other || PhoneNumberUtils.compare(one, other)

    private companion object {
        const val SAME = 7
    }
}
