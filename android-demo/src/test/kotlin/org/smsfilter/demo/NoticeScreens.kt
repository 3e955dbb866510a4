package org.smsfilter.demo

import android.app.Activity
import org.smsfilter.demo.receive.FlashActivity

fun Handset.flashScreen(): Activity =
    open<FlashActivity>(FlashActivity.intent(app, "10086", "尊敬的客户，您当前位于试验市，祝您旅途愉快。", isSuspect = false))

fun Handset.flashSuspectScreen(): Activity =
    open<FlashActivity>(FlashActivity.intent(app, STRANGER, FRAUD, isSuspect = true))
