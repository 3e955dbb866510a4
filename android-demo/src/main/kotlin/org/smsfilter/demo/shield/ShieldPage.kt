package org.smsfilter.demo.shield

import android.view.View
import org.smsfilter.demo.MainActivity
import org.smsfilter.demo.view.Page

/** What governs the filter: whether it works, what it did, and the ways to policy, rules and reports. */
class ShieldPage(private val screen: MainActivity, page: View) : Page {
    override fun refresh() = Unit
}
