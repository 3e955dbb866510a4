package org.smsfilter.demo.view

import android.content.Context
import android.text.format.DateUtils
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId
import org.smsfilter.demo.now

/** The phone's day of a time, milliseconds since 1970 UTC. */
fun day(at: Long): LocalDate = Instant.ofEpochMilli(at).atZone(ZoneId.systemDefault()).toLocalDate()

/** When, as short as it can be said: the hour of today, the day of this year, else the whole date. */
fun Context.shortTime(at: Long): CharSequence {
    val (day, today) = day(at) to day(now)
    val what = when {
        day == today -> DateUtils.FORMAT_SHOW_TIME
        day.year == today.year -> DateUtils.FORMAT_SHOW_DATE or DateUtils.FORMAT_NO_YEAR or DateUtils.FORMAT_ABBREV_MONTH
        else -> DateUtils.FORMAT_SHOW_DATE or DateUtils.FORMAT_SHOW_YEAR or DateUtils.FORMAT_NUMERIC_DATE
    }
    return DateUtils.formatDateTime(this, at, what)
}

/** Day and hour. */
fun Context.longTime(at: Long): CharSequence {
    val year = if (day(at).year == day(now).year) DateUtils.FORMAT_NO_YEAR else DateUtils.FORMAT_SHOW_YEAR
    return DateUtils.formatDateTime(this, at, DateUtils.FORMAT_SHOW_DATE or DateUtils.FORMAT_SHOW_TIME or DateUtils.FORMAT_ABBREV_MONTH or year)
}
