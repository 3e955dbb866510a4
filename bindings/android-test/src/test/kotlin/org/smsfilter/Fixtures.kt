package org.smsfilter

import java.io.File

/** 2026-11-21 08:05 in China. */
const val NOW = 1_795_219_500_000L
const val MINUTE = 60_000L
const val DAY = 1_440 * MINUTE

/** What a filter says: quarantined unless [action] says otherwise. */
fun received(category: Category = Category.FRAUD, action: Action = Action.QUARANTINE, failure: Failure? = null): Received =
    Received(category, 1, 970, 120, setOf(Flag.NO_SIGNATURE), action, failure)

/** What a test throws. */
class Fault : RuntimeException("a fault that the test made")

/**
 * Copies files as they are at this moment: what the end of the process would leave. Nothing of SQLite's that counts lies
 * anywhere else: it buffers only what is not committed, and what it wrote to a file the kernel has.
 */
fun crashImage(from: File, to: File, wanted: (File) -> Boolean = { true }) {
    to.mkdirs()
    for (file in from.listFiles().orEmpty().filter { it.isFile && wanted(it) }) file.copyTo(File(to, file.name))
}

/** How many steps a thing takes, and an act at one of them. */
class Steps(private val at: Int = -1, private val act: (name: String) -> Unit = {}) : (String) -> Unit {
    val names = ArrayList<String>()

    override fun invoke(name: String) {
        names += name
        if (names.size == at) act(name)
    }
}
