package org.smsfilter.demo.view

import android.view.View
import android.view.ViewGroup
import android.widget.BaseAdapter

/** A list of like rows: a layout, what identifies an item, and how a row shows it. */
class Rows<T>(private val layout: Int, private val id: (T) -> Long, private val bind: View.(T) -> Unit) : BaseAdapter() {
    var items: List<T> = emptyList()
        set(value) {
            field = value
            notifyDataSetChanged()
        }

    override fun getCount(): Int = items.size

    override fun getItem(position: Int): T = items[position]

    override fun getItemId(position: Int): Long = id(items[position])

    override fun hasStableIds(): Boolean = true

    override fun getView(position: Int, convertView: View?, parent: ViewGroup): View =
        (convertView ?: android.view.LayoutInflater.from(parent.context).inflate(layout, parent, false)).also { it.bind(items[position]) }
}
