package org.smsfilter.demo

import android.app.Activity
import android.view.Menu
import android.view.MenuItem
import android.view.View
import android.widget.EditText
import android.widget.ListView
import android.widget.Toolbar
import org.smsfilter.demo.spambox.DigestActivity
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.spambox.markSpam
import org.smsfilter.demo.taps.*
import org.smsfilter.demo.view.view

const val LOAN = "低息贷款，先交手续费500元当天放款，加微信 abc12345"
const val GAMBLING = "澳门线上娱乐城，百家乐真人荷官，首存100送88，注册即送彩金 http://am88.example/r"

/** Messages of each kind that is moved, from a few days. */
fun Handset.fillBox() {
    now = NOW - 3 * DAY
    deliver("13900139000", LOAN)
    now = NOW - DAY
    deliver("15000150000", GAMBLING)
    deliver("106900002222", "【试验旅行】$LOAN")
    now = NOW
    deliver(STRANGER, FRAUD)
    now = NOW + 5 * MINUTE
}

fun Handset.boxPage(): MainActivity = open(MainActivity.intent(app, MainActivity.Tab.SPAM_BOX))

fun Handset.boxScreen(): Activity = fillBox().let { boxPage() }

fun Handset.boxEmptyScreen(): Activity = boxPage()

/** The latest message has just gone back. */
fun Handset.boxRestoredScreen(): Activity {
    fillBox()
    deliver("106900002222", "【试验旅行】$LOAN。")
    return boxPage().also {
        it.at<ListView>(R.id.list).getChildAt(0).view<View>(R.id.restore).performClick()
        settle()
    }
}

fun Handset.boxSelectionScreen(): Activity = boxScreen().also {
    it.menu(it.getString(R.string.box_select))
    settle()
    it.tapRowOf(FRAUD)
    settle()
}

fun Handset.boxSearchScreen(): Activity = boxScreen().also {
    it.menu(it.getString(R.string.box_search))
    it.at<EditText>(R.id.box_query).setText("贷款")
    settle()
}

fun Handset.boxNothingFoundScreen(): Activity = boxScreen().also {
    it.menu(it.getString(R.string.box_search))
    it.at<EditText>(R.id.box_query).setText("火星")
    settle()
}

fun Handset.digestScreen(): Activity {
    now = NOW - DAY
    deliver("106900001111", "【试验商城】会员日全场九折，满300减30，退订回TD")
    now = NOW - 3 * 60 * MINUTE
    deliver("106900001111", PROMOTION)
    now = NOW - 2 * 60 * MINUTE
    deliver("106900003333", "【试验影城】会员日全场五折，满100减20，退订回TD")
    deliver("106900001111", "【试验商城】会员日全场三折，满400减50，退订回TD")
    now = NOW
    return open<DigestActivity>(DigestActivity.intent(app))
}

fun Handset.digestEmptyScreen(): Activity = open<DigestActivity>(DigestActivity.intent(app))

/** The dialog is drawn by itself. */
fun Handset.markSpamScreen(): Activity {
    deliver("13700137000", "晚上一起吃饭吗？")
    return open<ThreadActivity>(ThreadActivity.intent(app, 1)).also {
        markSpam(it, app.phone.index.page().first().key.id)
        settle()
    }
}

/** An item of the toolbar's menu is chosen. */
fun Activity.menu(title: String) {
    val menu = at<Toolbar>(R.id.toolbar).menu
    val item = checkNotNull(menu.titled(title)) { "the menu lacks «$title»: ${menu.titles()}" }
    // What a tap calls.
    item.javaClass.getMethod("invoke").apply { isAccessible = true }.invoke(item)
}

fun Menu.titled(title: String): MenuItem? = (0 until size()).map(::getItem).find { it.title.toString() == title }

fun Menu.titles(): List<String> = (0 until size()).map { getItem(it).title.toString() }

/** The row of the box that shows a message. */
fun Activity.rowOf(body: String): View {
    val list = at<ListView>(R.id.list)
    val lists = generateSequence(0) { it + 1 }.take(list.childCount).map(list::getChildAt)
    return checkNotNull(lists.find { body in it.texts() }) { "no row shows «$body»: ${texts()}" }
}

fun Activity.tapRowOf(body: String) {
    check(rowOf(body).performClick())
}

const val DAY = 24 * 60 * MINUTE
