package org.smsfilter.demo.shield

import android.content.Context
import java.time.LocalDate
import org.smsfilter.demo.app
import org.smsfilter.demo.now
import org.smsfilter.demo.view.day

/** What the filter did on one day. */
class DayCount(val day: LocalDate, val caught: Int, val restored: Int, val missed: Int)

/** Seven days and what the filter did on them. */
class Week(val days: List<DayCount>) {
    val caught: Int get() = days.sumOf { it.caught }
    val restored: Int get() = days.sumOf { it.restored }
    val missed: Int get() = days.sumOf { it.missed }

    companion object {
        /** @param back how many weeks ago it ended; 0: with today */
        fun of(context: Context, back: Int = 0): Week {
            val last = day(context.now).minusWeeks(back.toLong())
            val first = last.minusDays(6)
            val effects = context.app.phone.index.effects.between(first.toEpochDay(), last.toEpochDay()).groupBy { it.day }
            return Week(
                List(7) { i ->
                    val day = first.plusDays(i.toLong())
                    val some = effects[day.toEpochDay()].orEmpty()
                    DayCount(day, some.sumOf { it.caught }, some.sumOf { it.restored }, some.sumOf { it.missed })
                },
            )
        }
    }
}
