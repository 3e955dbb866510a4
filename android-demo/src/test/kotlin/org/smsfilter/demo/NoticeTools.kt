package org.smsfilter.demo

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.app.RemoteInput
import android.content.Intent
import android.os.Bundle
import android.service.notification.StatusBarNotification
import org.robolectric.Shadows.shadowOf
import org.smsfilter.demo.notices.NoticeReceiver

/** What is in the status bar now. */
val Handset.shown: List<StatusBarNotification>
    get() = app.getSystemService(NotificationManager::class.java)!!.activeNotifications.toList()

/** The notices of single messages: no bundle, no digest. */
val Handset.messageNotices: List<Notification> get() = shown.filter { it.tag?.toLongOrNull() != null }.map { it.notification }

val Notification.title: String get() = extras.getCharSequence(Notification.EXTRA_TITLE).toString()
val Notification.text: String get() = extras.getCharSequence(Notification.EXTRA_TEXT).toString()
val Notification.sub: String? get() = extras.getCharSequence(Notification.EXTRA_SUB_TEXT)?.toString()
val Notification.offers: List<String> get() = actions.orEmpty().map { it.title.toString() }

/** Whether it makes no sound, whatever its channel does. */
val Notification.isSilent: Boolean get() = groupAlertBehavior == Notification.GROUP_ALERT_SUMMARY && flags and Notification.FLAG_GROUP_SUMMARY == 0

val PendingIntent.started: Intent get() = shadowOf(this).savedIntent

/** The screens that a tap opens, the last one on top. */
val PendingIntent.screens: List<String> get() = shadowOf(this).savedIntents.map { it.component!!.shortClassName }

/** What a notice offers is used, with what the user typed. */
fun Handset.press(notice: Notification, title: String, typed: String? = null) {
    val action = notice.actions.single { it.title.toString() == title }
    val intent = Intent(action.actionIntent.started)
    if (typed != null) RemoteInput.addResultsToIntent(action.remoteInputs, intent, Bundle().apply { putCharSequence(action.remoteInputs[0].resultKey, typed) })
    NoticeReceiver().onReceive(app, intent)
    settle()
}
