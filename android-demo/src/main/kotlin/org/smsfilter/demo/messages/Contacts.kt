package org.smsfilter.demo.messages

import android.Manifest.permission.READ_CONTACTS
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.database.ContentObserver
import android.net.Uri
import android.provider.ContactsContract
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.provider.ContactsContract.PhoneLookup
import android.telephony.PhoneNumberUtils

/** The address book, if it may be read: one number looked up, or all of it read once for a list. Waits for the disk. */
class Contacts(private val context: Context) {
    /** The whole book, until it changes. */
    @Volatile
    private var book: Names? = null
    private var isWatched = false

    private val isReadable get() = context.checkSelfPermission(READ_CONTACTS) == PERMISSION_GRANTED

    /** Names by number: a snapshot, for as long as a list is made. */
    class Names(people: List<Person>) {
        private val byEnd = people.groupBy { end(it.number) }

        /** The name of a contact; `null` if there is none. */
        operator fun get(address: String): String? = byEnd[end(address)]?.find { same(it.number, address) }?.name?.ifEmpty { null }
    }

    /** The name of a contact; `null` if there is none or it may not be read. For one number, as when a message arrives. */
    fun name(address: String): String? {
        if (address.isEmpty() || !isReadable) return null
        book?.let { return it[address] }
        val uri = Uri.withAppendedPath(PhoneLookup.CONTENT_FILTER_URI, Uri.encode(address))
        return context.contentResolver.query(uri, arrayOf(PhoneLookup.DISPLAY_NAME), null, null, null)
            ?.use { if (it.moveToFirst()) it.getString(0) else null }
    }

    /** All names, in one question until the address book changes. */
    @Synchronized
    fun names(): Names {
        if (!isReadable) return NOBODY
        watch()
        return book ?: Names(people(Phone.CONTENT_URI, Int.MAX_VALUE)).also { book = it }
    }

    /** Contacts whose name or number begins so. None without the permission. */
    fun find(text: String, limit: Int): List<Person> {
        if (text.isBlank() || !isReadable) return emptyList()
        return people(Uri.withAppendedPath(Phone.CONTENT_FILTER_URI, Uri.encode(text.trim())), limit)
    }

    private fun people(uri: Uri, limit: Int): List<Person> =
        context.contentResolver.query(uri, arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER), null, null, null)?.use { row ->
            generateSequence { if (row.moveToNext()) Person(row.getString(0).orEmpty(), row.getString(1).orEmpty()) else null }
                .filter { it.number.isNotEmpty() }.distinct().take(limit).toList()
        }.orEmpty()

    /** Android allows it only together with reading. */
    private fun watch() {
        if (isWatched) return
        context.contentResolver.registerContentObserver(ContactsContract.AUTHORITY_URI, true, object : ContentObserver(null) {
            // Waits for who reads the book just now: what was read is old.
            override fun onChange(isOwn: Boolean): Unit = synchronized(this@Contacts) { book = null }
        })
        isWatched = true
    }

    companion object {
        private val NOBODY = Names(emptyList())

        /** Whether Android takes two numbers for the same, with and without a country code. */
        fun same(one: String, other: String): Boolean = one == other || PhoneNumberUtils.compare(one, other)

        /** What numbers that are the same end in. */
        fun end(number: String): String = number.filter(Char::isLetterOrDigit).takeLast(SAME)

        private const val SAME = 7
    }
}
