package org.smsfilter.demo.policy

import android.view.View
import android.view.ViewGroup
import android.widget.ImageButton
import android.widget.TextView
import org.smsfilter.demo.R
import org.smsfilter.demo.view.fill
import org.smsfilter.demo.view.isPresent
import org.smsfilter.demo.view.view

/** Something that is set: what it is, what it is set to, and what can be done with it. */
class Setting(
    val title: CharSequence,
    val text: CharSequence = "",
    val tap: (() -> Unit)? = null,
    val up: (() -> Unit)? = null,
    val down: (() -> Unit)? = null,
    val remove: (() -> Unit)? = null,
)

/** Shows settings below each other. */
fun ViewGroup.show(settings: List<Setting>): Unit = fill(R.layout.row_setting, settings) { setting ->
    view<TextView>(R.id.title).text = setting.title
    view<TextView>(R.id.text).apply {
        text = setting.text
        isPresent = text.isNotEmpty()
    }
    setting.tap?.let { tap -> setOnClickListener { tap() } }
    button(R.id.up, R.string.policy_up, setting.title, setting.up)
    button(R.id.down, R.string.policy_down, setting.title, setting.down)
    button(R.id.remove, R.string.policy_remove, setting.title, setting.remove)
}

private fun View.button(id: Int, label: Int, of: CharSequence, act: (() -> Unit)?): Unit = view<ImageButton>(id).run {
    isPresent = act != null
    contentDescription = context.getString(label, of)
    setOnClickListener { act?.invoke() }
}
