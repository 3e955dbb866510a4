package org.smsfilter.demo

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class NoticeScreensTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun flash() {
        handset.flashScreen().shoot("flash")
        handset.flashSuspectScreen().shoot("flash-suspect")
    }

    @Test
    @Config(qualifiers = "+night")
    fun flashByNight() {
        RuntimeEnvironment.setFontScale(2f)
        handset.flashSuspectScreen().shoot("flash-suspect-night-large")
    }
}
