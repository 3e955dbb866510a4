package org.smsfilter.demo.spambox

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.text.format.DateUtils
import android.view.View
import android.widget.AbsListView
import android.widget.ListView
import android.widget.TextView
import android.widget.Toast
import java.time.LocalDate
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.messages.onSmsChange
import org.smsfilter.demo.now
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.day
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.showLack
import org.smsfilter.demo.view.view

/** Promotions that were held back for once a day, by day and sender. */
class DigestActivity : Screen() {
    private val digest get() = Digest(app.phone)
    private val rows = Rows<Bundled>(R.layout.row_digest, { it.last.id }) { bind(it) }
    private var most = PAGE

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.digest, getString(R.string.digest_title))
        val list = view<ListView>(R.id.list)
        list.adapter = rows
        list.setOnItemClickListener { _, _, at, _ -> rows.items[at].last.let { startActivity(ThreadActivity.intent(this, it.thread, it.id)) } }
        list.setOnScrollListener(object : AbsListView.OnScrollListener {
            override fun onScrollStateChanged(view: AbsListView, state: Int) = Unit

            override fun onScroll(view: AbsListView, first: Int, visible: Int, total: Int) {
                if (rows.items.sumOf { it.count } < most || first + visible < total) return
                most += PAGE
                refresh()
            }
        })
        view<View>(R.id.read_all).setOnClickListener { markAllRead() }
        list.onSmsChange(::refresh)
    }

    override fun onResume() {
        super.onResume()
        refresh()
    }

    private fun refresh() {
        view<View>(R.id.banner).showLack()
        val most = most
        work.load(this, { digest.load(most) }, { show(emptyList(), isUnreadable = true) }) { show(it) }
    }

    private fun show(all: List<Bundled>, isUnreadable: Boolean = false) {
        rows.items = all
        view<View>(R.id.head).isPresent = all.isNotEmpty()
        view<View>(R.id.read_all).isPresent = all.any { it.unread.isNotEmpty() }
        view<View>(R.id.empty).isPresent = all.isEmpty()
        view<TextView>(R.id.empty_title).setText(if (isUnreadable) R.string.box_unreadable_title else R.string.digest_empty_title)
        view<TextView>(R.id.empty_text).setText(if (isUnreadable) R.string.box_unreadable_text else R.string.digest_empty_text)
    }

    private fun View.bind(bundled: Bundled) {
        val at = rows.items.indexOf(bundled)
        view<TextView>(R.id.day).run {
            text = title(bundled.day, bundled.last.date)
            isPresent = at == 0 || rows.items[at - 1].day != bundled.day
        }
        val name = bundled.name ?: bundled.last.address.ifEmpty { getString(R.string.no_sender) }
        val count = resources.getQuantityString(R.plurals.digest_count, bundled.count, bundled.count)
        val time = if (bundled.day == day(now)) shortTime(bundled.last.date) else DateUtils.formatDateTime(context, bundled.last.date, DateUtils.FORMAT_SHOW_TIME)
        val isUnread = bundled.unread.isNotEmpty()
        view<TextView>(R.id.name).text = name
        view<TextView>(R.id.time).text = time
        view<TextView>(R.id.text).text = bundled.last.body
        view<TextView>(R.id.count).text = count
        view<View>(R.id.dot).isPresent = isUnread
        view<View>(R.id.bundle).contentDescription = listOfNotNull(
            if (isUnread) getString(R.string.digest_unread) else null, getString(R.string.digest_sentence, name, count, bundled.last.body, time),
        ).joinToString()
    }

    private fun title(day: LocalDate, at: Long): CharSequence = when (day) {
        day(now) -> getString(R.string.digest_today)
        day(now).minusDays(1) -> getString(R.string.digest_yesterday)
        else -> DateUtils.formatDateTime(this, at, DateUtils.FORMAT_SHOW_DATE or DateUtils.FORMAT_SHOW_WEEKDAY)
    }

    private fun markAllRead() {
        val unread = rows.items.flatMap { it.unread }
        work.load(this, { digest.markRead(unread) }, {
            Toast.makeText(this, R.string.box_not_done, Toast.LENGTH_LONG).show()
            refresh()
        }) { refresh() }
    }

    companion object {
        private const val PAGE = 200

        fun intent(context: Context): Intent = Intent(context, DigestActivity::class.java)
    }
}
