package org.smsfilter.demo.policy

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.ViewGroup
import android.widget.TextView
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Relation
import org.smsfilter.demo.R
import org.smsfilter.demo.app
import org.smsfilter.demo.why.name

/** What happens to one category, by who sends it. */
class CategoryActivity : PolicyScreen() {
    private val category get() = Category.entries.find { it.name == intent.getStringExtra(CATEGORY) } ?: Category.PROMOTION

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        show(R.layout.category, name(category))
    }

    override fun refresh(): Unit = work.load(this, { app.phone.filter.policy() }, ::refused) { policy ->
        val all = Setting(getString(R.string.policy_all), tap = { askAction(name(category), null) { all(policy, it) } })
        val cells = ORDER.map { relation ->
            val now = policy.action(category, relation)
            Setting(name(relation), text(now), tap = {
                askAction(getString(R.string.category_choose, name(category), name(relation)), now.action) { propose(policy.with(category, relation, it)) }
            })
        }
        view<ViewGroup>(R.id.cells).show(cells + all)
        view<TextView>(R.id.floor).setText(R.string.category_floor)
    }

    private fun all(policy: Policy, action: Action): Unit =
        propose(Relation.entries.fold(policy) { some, relation -> some.with(category, relation, action) })

    companion object {
        private const val CATEGORY = "category"

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
    return getString(R.string.policy_cell_sure, name(cell.action), cell.score / 10, name(cell.otherwise ?: Action.INBOX))
}

private const val HALF = 500
