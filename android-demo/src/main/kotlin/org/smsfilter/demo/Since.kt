package org.smsfilter.demo

/** Calls what only later versions of Android have, behind a check of the version. */
@Target(AnnotationTarget.FUNCTION, AnnotationTarget.CLASS)
@Retention(AnnotationRetention.BINARY)
annotation class Since(val sdk: Int)
