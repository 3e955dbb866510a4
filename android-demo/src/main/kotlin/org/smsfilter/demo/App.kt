package org.smsfilter.demo

import android.app.Application
import android.content.Context
import org.smsfilter.OnDecided
import org.smsfilter.demo.shield.FirstRun

/** The process. It opens nothing before it is asked to: a message may be what started it. */
class App : Application() {
    val background = Background()
    private var opened: Phone? = null

    /** What time it is, in milliseconds since 1970 UTC: the one clock of the application. */
    internal var clock: () -> Long = System::currentTimeMillis

    /** Who is told of decisions. Tests put what fails in its place. */
    internal var decided: (OnDecided) -> OnDecided = { it }

    /**
     * What is opened once a process. Waits for the disk: not for the main thread.
     *
     * @throws NotAgreed as long as the user has not agreed to the privacy notice: whoever asks, nothing is opened and nothing judged
     */
    val phone: Phone
        get() = synchronized(background) {
            if (!FirstRun(this).isAgreed) throw NotAgreed()
            opened ?: Phone(this, clock()).also { opened = it }
        }

    class NotAgreed : RuntimeException("expected the user's consent to the privacy notice, found none")

    /** Closes what is open; whoever asks next opens it again. Tests end the process so. */
    internal fun end(): Unit = synchronized(background) {
        opened?.close()
        opened = null
    }
}

val Context.app: App get() = applicationContext as App

/** Milliseconds since 1970 UTC. */
val Context.now: Long get() = app.clock()
