package org.smsfilter

/** Lets the other messages go on when one fails, and throws the first failure at the end. */
internal class Failures {
    private var first: RuntimeException? = null

    inline fun catch(body: () -> Unit) {
        try {
            body()
        } catch (e: RuntimeException) {
            add(e)
        }
    }

    fun add(failure: RuntimeException) {
        first?.addSuppressed(failure) ?: run { first = failure }
    }

    fun rethrow() {
        first?.let { throw it }
    }
}
