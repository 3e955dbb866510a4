package org.smsfilter.demo

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class ReportScreensTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun report() {
        handset.reportScreen().shoot("report")
    }

    @Test
    fun `report of fraud`() {
        handset.reportScreen(FRAUD, "13900139000").shoot("report-fraud")
    }

    @Test
    fun `report of a code`() {
        handset.reportScreen(CODE).shoot("report-code")
    }

    @Test
    fun `report under way`() {
        val screen = handset.reportScreen()
        screen.tap(screen.getString(R.string.send_report))
        handset.settle()
        handset.answer(sent()!!.sentIntents, android.app.Activity.RESULT_OK)
        screen.shoot("report-sent")
    }

    @Test
    fun ledger() {
        handset.ledgerScreen().shoot("ledger")
    }

    @Test
    fun promises() {
        handset.promisesScreen().shoot("promises")
    }

    @Test
    fun unsubscribe() {
        handset.unsubscribeScreen().shoot("unsubscribe")
    }

    @Test
    fun `unsubscribe refused`() {
        handset.unsubscribeScreen(FRAUD, "13900139000").shoot("unsubscribe-refused")
    }
}
