package org.smsfilter.demo.messages

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.ListView
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.view

/** The messages of one conversation. */
class ThreadActivity : Screen() {
    private val thread get() = intent.getLongExtra(THREAD, -1)
    private val rows = Rows<Letter>(R.layout.row_letter, { it.sms.id }) { bind(it) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.thread, "")
        view<ListView>(R.id.list).adapter = rows
    }

    override fun onResume() {
        super.onResume()
        work.load(this, {
            app.phone.run {
                mailbox.markRead(thread)
                mailbox.thread(thread).let { it to it.firstOrNull()?.sms?.address?.let { from -> people.name(from) ?: from } }
            }
        }) { (letters, name) ->
            rows.items = letters
            title = name.orEmpty().ifEmpty { getString(R.string.no_sender) }
        }
    }

    private fun View.bind(letter: Letter) {
        view<TextView>(R.id.text).text = letter.sms.body
        view<TextView>(R.id.time).text = context.shortTime(letter.sms.date)
    }

    companion object {
        private const val THREAD = "thread"

        fun intent(context: Context, thread: Long): Intent =
            Intent(context, ThreadActivity::class.java).putExtra(THREAD, thread)
    }
}
