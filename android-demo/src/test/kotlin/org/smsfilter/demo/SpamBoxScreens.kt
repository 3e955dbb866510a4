package org.smsfilter.demo

import android.app.Activity
import android.view.View
import android.widget.ListView
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.spambox.DeleteActivity
import org.smsfilter.demo.spambox.DigestActivity
import org.smsfilter.demo.messages.ThreadActivity
import org.smsfilter.demo.spambox.markSpam
import org.smsfilter.demo.view.view

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

/** Promotions go to the box, too, also those of services. */
fun Handset.movePromotions() {
    val standard = Policy.preset(Preset.STANDARD)
    app.phone.filter.choosePolicy(standard.copy(rows = standard.rows.map { if (it.category == Category.PROMOTION) it.copy(action = Action.QUARANTINE) else it }))
}

fun Handset.boxPage(): MainActivity = open(MainActivity.intent(app, MainActivity.Tab.SPAM_BOX))

fun Handset.boxScreen(): Activity = fillBox().let { boxPage() }

/** The latest message has just gone back. */
fun Handset.boxRestoredScreen(): Activity {
    fillBox()
    movePromotions()
    deliver("106900003333", "【试验影城】会员日全场五折，满100减20，退订回TD")
    return boxPage().also {
        it.at<ListView>(R.id.list).getChildAt(0).view<View>(R.id.restore).performClick()
        settle()
    }
}

fun Handset.boxSelectionScreen(): Activity = boxScreen().also {
    choose(it, it.getString(R.string.box_select))
    it.tapRowOf(FRAUD)
    settle()
}

/** The same, and more is picked at once. */
fun Handset.boxRestoredSelectionScreen(): Activity = boxRestoredScreen().also { choose(it, it.getString(R.string.box_select)) }

fun Handset.boxSearchScreen(words: String): Activity = boxScreen().also {
    choose(it, it.getString(R.string.box_search))
    it.type(R.id.box_query, words)
    settle()
}

fun Handset.boxDeleteScreen(): Activity {
    fillBox()
    return open<DeleteActivity>(DeleteActivity.intent(app, null, now))
}

fun Handset.digestScreen(): Activity {
    now = NOW - DAY
    deliver(PORT, "【试验商城】会员日全场九折，满300减30，退订回TD")
    now = NOW - 3 * 60 * MINUTE
    deliver(PORT, ADVERT)
    now = NOW - 2 * 60 * MINUTE
    deliver("106900003333", "【试验影城】会员日全场五折，满100减20，退订回TD")
    deliver(PORT, "【试验商城】会员日全场三折，满400减50，退订回TD")
    now = NOW
    return open<DigestActivity>(DigestActivity.intent(app))
}

fun Handset.digestEmptyScreen(): Activity = open<DigestActivity>(DigestActivity.intent(app))

fun Handset.markSpamScreen(): Activity {
    deliver("13700137000", "晚上一起吃饭吗？")
    return open<ThreadActivity>(ThreadActivity.intent(app, 1)).also {
        markSpam(it, app.phone.index.page().first().key.id)
        settle()
    }
}

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
