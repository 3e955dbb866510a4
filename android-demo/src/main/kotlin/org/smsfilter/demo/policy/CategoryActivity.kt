package org.smsfilter.demo.policy

import android.app.Dialog
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.ViewGroup
import android.widget.TextView
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Relation
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.view.asking
import org.smsfilter.demo.why.inside
import org.smsfilter.demo.why.name

/** What happens to one category, by who sends it. */
class CategoryActivity : PolicyScreen() {
    private val category get() = Category.entries.find { it.name == intent.getStringExtra(CATEGORY) } ?: Category.PROMOTION

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.category, name(category))
    }

    override fun refresh(): Unit = work.load(this, { app.phone.filter.policy() }, ::refused) { policy ->
        val cells = ORDER.map { relation ->
            val now = policy.action(category, relation)
            Setting(name(relation).beginning(), text(now), tap = { choose(relation, now.action) })
        }
        val all = Setting(getString(R.string.policy_all).beginning(), tap = { choose(null, null) })
        view<ViewGroup>(R.id.cells).show(cells + all)
        view<TextView>(R.id.floor).setText(R.string.category_floor)
    }

    /** @param relation `null`: all */
    private fun choose(relation: Relation?, now: Action?): Unit = ask(asking(CHOOSE) {
        putString(RELATION, relation?.name)
        putString(NOW, now?.name)
    })

    override fun question(what: Bundle): Dialog {
        val relation = what.getString(RELATION)?.let(Relation::valueOf)
        val title = if (relation == null) name(category) else getString(R.string.category_choose, name(category), name(relation))
        return actionDialog(title, what.getString(NOW)?.let(Action::valueOf)) { action ->
            change { (relation?.let(::listOf) ?: Relation.entries).fold(this) { some, one -> some.with(category, one, action) } }
        }
    }

    companion object {
        private const val CATEGORY = "category"
        private const val CHOOSE = "choose"
        private const val RELATION = "relation"
        private const val NOW = "now"

        /** The least known first. */
        val ORDER = listOf(
            Relation.UNKNOWN_MOBILE, Relation.FOREIGN, Relation.UNKNOWN_SERVICE, Relation.KNOWN_SERVICE, Relation.REPLIED, Relation.CONTACT,
        )

        fun intent(context: Context, category: Category): Intent =
            Intent(context, CategoryActivity::class.java).putExtra(CATEGORY, category.name)
    }
}

/** What happens to a cell, in words. */
fun Context.text(cell: CellAction): String {
    if (cell.score <= HALF) return name(cell.action)
    return getString(R.string.policy_cell_sure, name(cell.action), cell.score / 10, inside(name(cell.otherwise ?: Action.INBOX)))
}

private const val HALF = 500
