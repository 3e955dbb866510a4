package org.smsfilter.demo.spambox

import android.app.Activity
import android.app.AlertDialog
import android.app.KeyguardManager
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.widget.Toast
import org.smsfilter.Category
import org.smsfilter.MessageKey
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.setWholeTitle
import org.smsfilter.demo.view.warnOfYes

/**
 * Deletes messages for good: after the user has said so, and where the phone has a lock, has opened it. It is a screen of its
 * own so that the question outlives the end of the process.
 */
class DeleteActivity : Activity() {
    private val box by lazy { Box(this) }
    /** Whether the user said yes, and only the lock is still to be opened. */
    private var isAsked = false
    private var dialog: AlertDialog? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        isAsked = state?.getBoolean(ASKED) ?: false
        if (!isAsked) app.background.load(this, { targets().size }, { refused() }) { if (it == 0) finish() else ask(it) }
    }

    /** What is to be deleted. */
    private fun targets(): List<MessageKey> {
        val category = intent.getStringExtra(CATEGORY)?.let { name -> Category.entries.find { it.name == name } }
        return intent.extras?.keys().orEmpty().ifEmpty { box.keys(category, intent.getLongExtra(UNTIL, Long.MIN_VALUE)) }
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        state.putBoolean(ASKED, isAsked)
    }

    override fun onDestroy() {
        super.onDestroy()
        dialog?.dismiss()
    }

    private fun ask(count: Int) {
        dialog = AlertDialog.Builder(this)
            .setWholeTitle(resources.getQuantityString(R.plurals.box_delete_title, count, count))
            .setMessage(R.string.box_delete_text)
            .setPositiveButton(R.string.box_delete_yes) { _, _ -> unlock() }
            .setNegativeButton(R.string.box_delete_no) { _, _ -> finish() }
            .setOnCancelListener { finish() }
            .show().apply { warnOfYes() }
    }

    @Suppress("DEPRECATION") // What replaces it is in Android 30 and later alone.
    private fun unlock() {
        val guard = getSystemService(KeyguardManager::class.java)
        val lock = guard?.createConfirmDeviceCredentialIntent(getString(R.string.box_unlock_title), getString(R.string.box_unlock_text)) ?: return delete()
        isAsked = true
        startActivityForResult(lock, UNLOCK)
    }

    @Deprecated("What replaces it is in AndroidX alone")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        if (request != UNLOCK) return
        if (result == RESULT_OK) delete() else finish()
    }

    private fun delete() {
        val work = { targets().also(app.phone.mailbox::delete).size }
        app.background.load(this, work, { refused() }) { count ->
            Toast.makeText(this, resources.getQuantityString(R.plurals.box_deleted, count, count), Toast.LENGTH_LONG).show()
            setResult(RESULT_OK)
            finish()
        }
    }

    private fun refused() {
        Toast.makeText(this, R.string.box_delete_failed, Toast.LENGTH_LONG).show()
        finish()
    }

    companion object {
        private const val CATEGORY = "category"
        private const val UNTIL = "until"
        private const val ASKED = "asked"
        private const val UNLOCK = 1

        /** @param keys one message at least */
        fun intent(context: Context, keys: Collection<MessageKey>): Intent =
            Intent(context, DeleteActivity::class.java).putExtras(Bundle().apply { putKeys(keys) })

        /**
         * Everything in the spam box.
         *
         * @param category only of this one
         * @param until what came later stays, milliseconds since 1970 UTC: the user has not seen it
         */
        fun intent(context: Context, category: Category?, until: Long): Intent =
            Intent(context, DeleteActivity::class.java).putExtra(CATEGORY, category?.name).putExtra(UNTIL, until)
    }
}
