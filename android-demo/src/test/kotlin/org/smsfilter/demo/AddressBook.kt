package org.smsfilter.demo

import android.content.ContentProvider
import android.content.ContentValues
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.provider.ContactsContract
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.provider.ContactsContract.PhoneLookup

/** An address book that is asked for names by number, and for numbers by name. */
class AddressBook : ContentProvider() {
    /** Names by number. Who watches the book hears of each change. */
    val names = object : HashMap<String, String>() {
        override fun put(key: String, value: String): String? =
            super.put(key, value).also { context?.contentResolver?.notifyChange(ContactsContract.AUTHORITY_URI, null) }
    }

    /** How many questions were asked. */
    @Volatile
    var asked = 0

    override fun onCreate(): Boolean = true

    override fun query(uri: Uri, columns: Array<String>?, where: String?, args: Array<String>?, order: String?): Cursor {
        asked++
        // The whole book, those that begin so, or one number.
        return if (uri == Phone.CONTENT_URI) suggest("") else if ("phones" in uri.pathSegments) suggest(uri.lastPathSegment.orEmpty()) else name(uri)
    }

    private fun suggest(begin: String) = MatrixCursor(arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER)).apply {
        names.filter { (number, name) -> name.startsWith(begin) || number.startsWith(begin) }.forEach { (number, name) -> addRow(arrayOf(name, number)) }
    }

    private fun name(uri: Uri) =
        MatrixCursor(arrayOf(PhoneLookup.DISPLAY_NAME)).apply { names[uri.lastPathSegment]?.let { addRow(arrayOf(it)) } }

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?): Int = 0

    override fun delete(uri: Uri, where: String?, args: Array<String>?): Int = 0

    override fun getType(uri: Uri): String? = null
}
