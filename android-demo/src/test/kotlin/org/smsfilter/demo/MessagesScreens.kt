package org.smsfilter.demo

import android.app.Activity
import android.telephony.SmsManager
import android.text.Spanned
import android.text.style.ClickableSpan
import android.widget.TextView
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.demo.messages.ComposeActivity
import org.smsfilter.demo.messages.SearchActivity
import org.smsfilter.demo.messages.ThreadActivity

/** A morning's messages. */
private fun Handset.messages() {
    book.names["13800138000"] = "小雨"
    book.names["13700137000"] = "陈小明"
    deliver("13700137000", "周五的材料我放你桌上了，有问题随时叫我。")
    app.phone.mailbox.markRead()
    now += MINUTE
    deliver("95588", "【试验银行】您尾号1234的卡于11月21日08:05消费35.00元，余额1200.10元。")
    app.phone.mailbox.markRead()
    now += MINUTE
    deliver("106900001111", "【试验商城】会员日全场五折，满200减100，今晚八点开抢，拒收请回复R")
    now += MINUTE
    deliver("106900002222", "【试验商城】您的登录验证码是482913，5分钟内有效，请勿告诉他人。")
    now += MINUTE
    deliver("13800138000", MOTHER)
    now += MINUTE
}

fun Handset.inboxScreen(): Activity {
    messages()
    return open<MainActivity>()
}

fun Handset.inboxEmptyScreen(): Activity = open<MainActivity>()

fun Handset.inboxDeleteScreen(): Activity = inboxScreen().also {
    it.all(R.id.more)[0].performClick()
    choose(it.getString(R.string.chat_delete))
}

/** Another application is the default one. */
fun Handset.inboxNoRoleScreen(): Activity {
    messages()
    default(false)
    return open<MainActivity>()
}

private fun Handset.thread(message: String): ThreadActivity {
    val sms = app.phone.mailbox.search(message).first().sms
    return open<ThreadActivity>(ThreadActivity.intent(app, sms.thread))
}

private fun Handset.write(screen: ThreadActivity, text: String, result: Int?) {
    screen.type(R.id.words, text)
    screen.all(R.id.send)[0].performClick()
    settle()
    if (result != null) reportSent(result)
    now += MINUTE
}

/** A conversation with two SIMs: sent, failed, and half an answer. */
fun Handset.threadScreen(): Activity {
    twoSims()
    messages()
    val screen = thread(MOTHER)
    write(screen, "好的，我去买菜。想吃鱼还是排骨？", Activity.RESULT_OK)
    deliver("13800138000", "鱼吧。照着这个做：https://recipes.example.com/fish 别忘了姜。")
    now += MINUTE
    write(screen, "知道了，七点见！", SmsManager.RESULT_ERROR_NO_SERVICE)
    screen.type(R.id.words, "要不要再带点水果回来？苹果还是橘子，家里好像都没有了。我记得上次买的橙子也吃完了，还有酸奶、牛奶、鸡蛋要不要一起带，你想想告诉我一声啊！")
    settle()
    return screen
}

/** A message with a code to copy. */
fun Handset.threadCodeScreen(): Activity {
    messages()
    return thread("482913")
}

/** A fraud that is marked, and in the inbox: its link is no link. */
fun Handset.threadSuspectScreen(): Activity {
    app.phone.filter.choosePolicy(Policy.preset(Preset.MARK))
    deliver("13900139000", FRAUD)
    return thread("ETC")
}

/** The same, once its link was tapped. */
fun Handset.threadLinkScreen(): Activity = threadSuspectScreen().also {
    val text = it.all(R.id.text)[0] as TextView
    (text.text as Spanned).getSpans(0, text.length(), ClickableSpan::class.java).single().onClick(text)
}

fun Handset.threadWordsScreen(): Activity = threadCodeScreen().also {
    it.all(R.id.more)[0].performClick()
    choose(it.getString(R.string.letter_rule))
}

/** What the end of the process left open. */
fun Handset.threadUnknownScreen(): Activity {
    messages()
    write(thread(MOTHER), "好的", null)
    end()
    return thread(MOTHER)
}

fun Handset.composeScreen(): Activity {
    twoSims()
    book.names["13800138000"] = "小雨"
    book.names["13900139000"] = "小雨（工作）"
    val screen = open<ComposeActivity>(ComposeActivity.intent(app))
    screen.type(R.id.to, "小雨")
    screen.type(R.id.words, "我到楼下了")
    settle()
    return screen
}

fun Handset.searchScreen(words: String = "试验"): Activity {
    messages()
    deliver("13900139000", "【试验商城】恭喜您中奖，请点击 http://prize-a.example/k 领取，逾期作废。")
    val screen = open<SearchActivity>()
    screen.type(R.id.query, words)
    settle()
    return screen
}
