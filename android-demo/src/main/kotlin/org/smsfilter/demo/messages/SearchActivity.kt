package org.smsfilter.demo.messages

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.text.Editable
import android.text.SpannableString
import android.text.Spanned
import android.text.TextWatcher
import android.text.style.BackgroundColorSpan
import android.text.style.ForegroundColorSpan
import android.view.View
import android.widget.EditText
import android.widget.ListView
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.Rows
import org.smsfilter.demo.view.Screen
import org.smsfilter.demo.view.chip
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.shortTime
import org.smsfilter.demo.view.showLack
import org.smsfilter.demo.view.view
import org.smsfilter.demo.why.WhyActivity

/** Finds messages by words, number or name, in the inbox and in the spam box. */
class SearchActivity : Screen() {
    private val rows = Rows<Found>(R.layout.row_conversation, { it.letter.sms.id }) { bind(it) }

    /** What is looked for now: an answer to anything older is not shown. */
    @Volatile
    private var query = ""

    /** @property name of a contact */
    private class Found(val letter: Letter, val name: String?)

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.search, getString(R.string.search_messages))
        val list = view<ListView>(R.id.list)
        list.adapter = rows
        list.emptyView = view(R.id.empty)
        list.setOnItemClickListener { _, _, position, _ -> startActivity(open(rows.items[position].letter)) }
        view<EditText>(R.id.query).addTextChangedListener(object : TextWatcher {
            override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit

            override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit

            override fun afterTextChanged(text: Editable) = search(text.trim().toString())
        })
        view<View>(R.id.clear).setOnClickListener { view<EditText>(R.id.query).text.clear() }
        view<View>(R.id.query).requestFocus()
        search("")
    }

    override fun onResume() {
        super.onResume()
        view<View>(R.id.banner).showLack()
        search(view<EditText>(R.id.query).text.trim().toString())
    }

    private fun search(words: String) {
        query = words
        view<View>(R.id.clear).isPresent = words.isNotEmpty()
        if (words.isEmpty()) return found(words, emptyList())
        work.load(this, { if (words == query) find(words) else null }, failed = { found(words, emptyList()) }) { if (it != null && words == query) found(words, it) }
    }

    private fun find(words: String): List<Found> = app.phone.run {
        val names = people.names()
        mailbox.search(words, people.find(words).map { it.number }).map { Found(it, names[it.sms.address]) }
    }

    private fun found(words: String, letters: List<Found>) {
        view<TextView>(R.id.empty_text).text = if (words.isEmpty()) getString(R.string.search_begin) else getString(R.string.search_nothing, words)
        rows.items = letters
    }

    /** A hidden message is in no conversation: its own screen tells where it is. */
    private fun open(letter: Letter): Intent =
        if (letter.isHidden) WhyActivity.intent(this, letter.sms.id) else ThreadActivity.intent(this, letter.sms.thread, letter.sms.id)

    private fun View.bind(found: Found) {
        val (sms, entry) = found.letter
        view<TextView>(R.id.name).text = lit(found.name ?: sms.address.ifEmpty { getString(R.string.no_sender) })
        view<TextView>(R.id.time).text = context.shortTime(sms.date)
        view<TextView>(R.id.text).text = lit(around(sms.body))
        view<View>(R.id.dot).isPresent = false
        val label = label(entry)
        view<TextView>(R.id.chip).chip(entry)
        if (found.letter.isHidden) view<TextView>(R.id.chip).text = getString(R.string.search_in_spam_box, label)
    }

    /** The text from a little before what was found: a row shows two lines of it. */
    private fun around(body: String): String {
        val at = body.indexOf(query, ignoreCase = true)
        return if (at <= LEAD * 2) body else "…" + body.substring(at - LEAD).dropWhile(Char::isLowSurrogate)
    }

    /** With what was found marked. */
    private fun lit(text: String): CharSequence {
        val shown = SpannableString(text)
        var at = if (query.isEmpty()) -1 else text.indexOf(query, ignoreCase = true)
        while (at >= 0) {
            shown.setSpan(BackgroundColorSpan(getColor(R.color.accent_soft)), at, at + query.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
            shown.setSpan(ForegroundColorSpan(getColor(R.color.on_accent_soft)), at, at + query.length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
            at = text.indexOf(query, at + query.length, ignoreCase = true)
        }
        return shown
    }

    companion object {
        private const val LEAD = 12

        fun intent(context: Context): Intent = Intent(context, SearchActivity::class.java)
    }
}
