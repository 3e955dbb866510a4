package org.smsfilter.demo

import android.app.Activity
import android.content.BroadcastReceiver
import android.os.Handler
import android.os.Looper
import android.util.Log
import java.util.concurrent.Executor
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

/**
 * Work beside the main thread, in the order in which it was given: what was stored before is there for what comes after.
 * Messages that arrive have a thread of their own, so that none waits for a screen.
 */
class Background {
    private val screens = Executors.newSingleThreadExecutor { Thread(it, "screens") }
    private val trials = Executors.newSingleThreadExecutor { Thread(it, "trials") }
    private val arrivals = Executors.newSingleThreadExecutor { Thread(it, "arrivals") }
    private val main = Handler(Looper.getMainLooper())
    private val waiting = AtomicInteger()

    /** Whether nothing is under way: what tests wait for. */
    val isIdle: Boolean get() = waiting.get() == 0

    fun run(work: () -> Unit): Unit = enqueue(screens, work)

    /** Does the work of a broadcast receiver, and lets Android know when it is done, whatever happens. */
    fun arrive(receiver: BroadcastReceiver, work: () -> Unit) {
        val pending = receiver.goAsync()
        enqueue(arrivals) {
            try {
                work()
            } finally {
                // Absent where a test calls the receiver itself.
                pending?.finish()
            }
        }
    }

    /** Loads what a screen shows. A screen that is gone by then shows nothing; what fails is shown by [failed]. */
    fun <T> load(screen: Activity, work: () -> T, failed: (Exception) -> Unit = {}, show: (T) -> Unit): Unit =
        load(screens, screen, work, failed, show)

    /** The same beside everything else, for what goes through a whole history. */
    fun <T> trial(screen: Activity, work: () -> T, failed: (Exception) -> Unit = {}, show: (T) -> Unit): Unit =
        load(trials, screen, work, failed, show)

    private fun <T> load(thread: Executor, screen: Activity, work: () -> T, failed: (Exception) -> Unit, show: (T) -> Unit): Unit = enqueue(thread) {
        val shown: () -> Unit = try {
            val value = work()
            ({ show(value) })
        } catch (e: Exception) {
            note(e)
            ({ failed(e) })
        }
        waiting.incrementAndGet()
        main.post {
            try {
                if (!screen.isDestroyed) shown()
            } finally {
                waiting.decrementAndGet()
            }
        }
    }

    private fun enqueue(thread: Executor, work: () -> Unit) {
        waiting.incrementAndGet()
        thread.execute {
            try {
                work()
            } catch (e: Exception) {
                // The next start completes what was cut short; nothing of it may end the process.
                note(e)
            } finally {
                waiting.decrementAndGet()
            }
        }
    }

    /** The kind of a failure alone: its message might hold what belongs into no log. */
    private fun note(e: Exception) {
        Log.w("smsfilter", e.javaClass.name)
    }
}
