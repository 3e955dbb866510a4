package org.smsfilter.demo

import android.app.Activity
import android.view.View
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner

/**
 * Every screen in each of its states: what can be tapped is large enough and has a name, no text is cut, and it looks as it did
 * when somebody last looked at it. This is the look in Chinese by day; the others are below.
 */
@RunWith(AndroidRunner::class)
@Config(sdk = [35])
open class ScreensTest {
    @get:Rule
    val handset = Handset()

    /** The folder of the pictures that it is compared with; `null`: there are none. */
    protected open val look: String? = "zh"

    /** Whether all is compared that can be scrolled into sight: once is enough, and the others compare the first sight. */
    private val isWhole get() = look == "zh"

    private fun check(name: String, show: Handset.() -> Activity) {
        val screen = handset.show()
        handset.settle()
        assertEquals(emptyList<String>(), screen.windows.flatMap { it.faults() })
        look?.let { screen.looksLike("$it/$name", isWhole) }
    }

    @Test fun inbox() = check("inbox") { inboxScreen() }

    @Test fun `inbox, empty`() = check("inbox-empty") { inboxEmptyScreen() }

    @Test fun `inbox, another application is the default one`() = check("inbox-no-role") { inboxNoRoleScreen() }

    @Test fun `inbox, delete a conversation`() = check("inbox-delete") { inboxDeleteScreen() }

    @Test fun thread() = check("thread") { threadScreen() }

    @Test fun `thread, with a code`() = check("thread-code") { threadCodeScreen() }

    @Test fun `thread, suspect`() = check("thread-suspect") { threadSuspectScreen() }

    @Test fun `thread, a link of a suspect message`() = check("thread-link") { threadLinkScreen() }

    @Test fun `thread, words for a rule`() = check("thread-words") { threadWordsScreen() }

    @Test fun `thread, nobody knows whether it was sent`() = check("thread-unknown") { threadUnknownScreen() }

    @Test fun compose() = check("compose") { composeScreen() }

    @Test fun search() = check("search") { searchScreen() }

    @Test fun `search, nothing found`() = check("search-nothing") { searchScreen("没有的") }

    @Test fun box() = check("box") { boxScreen() }

    @Test fun `box, empty`() = check("box-empty") { boxPage() }

    @Test fun `box, restored`() = check("box-restored") { boxRestoredScreen() }

    @Test fun `box, restored and then picked`() = check("box-restored-selection") { boxRestoredSelectionScreen() }

    @Test fun `box, selection`() = check("box-selection") { boxSelectionScreen() }

    @Test fun `box, search`() = check("box-search") { boxSearchScreen("贷款") }

    @Test fun `box, nothing found`() = check("box-nothing") { boxSearchScreen("火星") }

    @Test fun `box, delete`() = check("box-delete") { boxDeleteScreen() }

    @Test fun `mark as spam`() = check("mark-spam") { markSpamScreen() }

    @Test fun digest() = check("digest") { digestScreen() }

    @Test fun `digest, empty`() = check("digest-empty") { digestEmptyScreen() }

    @Test fun `flash message`() = check("flash") { flashScreen() }

    @Test fun `flash message, suspect`() = check("flash-suspect") { flashSuspectScreen() }

    @Test fun `why, fraud`() = check("why-fraud") { whyFraudScreen() }

    @Test fun `why, promotion`() = check("why-promotion") { whyPromotionScreen() }

    @Test fun `why, a rule turned off`() = check("why-rule-off") { whyRuleOffScreen() }

    @Test fun `why, allow a sender`() = check("why-allow") { whyAllowScreen() }

    @Test fun `why, the message is gone`() = check("why-gone") { whyGoneScreen() }

    @Test fun tester() = check("tester") { testerScreen() }

    @Test fun `tester, result`() = check("tester-result") { testerResultScreen() }

    @Test fun presets() = check("presets") { presetsScreen() }

    @Test fun `presets, no messages`() = check("presets-empty") { presetsEmptyScreen() }

    @Test fun policy() = check("policy") { policyScreen() }

    @Test fun `policy, days of quiet hours`() = check("policy-days") { policyDaysScreen() }

    @Test fun `policy, how long it is kept`() = check("policy-retention") { policyRetentionScreen() }

    @Test fun category() = check("category") { categoryScreen() }

    @Test fun `category, which action`() = check("category-action") { categoryActionScreen() }

    @Test fun change() = check("change") { changeScreen() }

    @Test fun exception() = check("exception") { exceptionScreen() }

    @Test fun `own rule`() = check("own-rule") { ownRuleScreen() }

    @Test fun report() = check("report") { reportScreen() }

    @Test fun `report, fraud`() = check("report-fraud") { reportScreen(FRAUD, STRANGER) }

    @Test fun `report, a code`() = check("report-code") { reportScreen(CODE) }

    @Test fun `report, sent`() = check("report-sent") { reportSentScreen() }

    @Test fun ledger() = check("ledger") { ledgerScreen() }

    @Test fun `ledger, empty`() = check("ledger-empty") { ledgerEmptyScreen() }

    @Test fun promises() = check("promises") { promisesScreen() }

    @Test fun `promises, what to do`() = check("promises-menu") { promisesMenuScreen() }

    @Test fun unsubscribe() = check("unsubscribe") { unsubscribeScreen() }

    @Test fun `unsubscribe, refused`() = check("unsubscribe-refused") { unsubscribeScreen(FRAUD, STRANGER) }

    @Test fun shield() = check("shield") { shieldScreen() }

    @Test fun `shield, something is missing`() = check("shield-needs") { shieldNeedsScreen() }

    @Test fun rules() = check("rules") { rulesScreen() }

    @Test fun `rules, remove`() = check("rules-remove") { rulesRemoveScreen() }

    @Test fun effect() = check("effect") { effectScreen() }

    @Test fun diagnostics() = check("diagnostics") { diagnosticsScreen() }

    @Test fun `diagnostics, wipe`() = check("diagnostics-wipe") { diagnosticsWipeScreen() }

    @Test fun privacy() = check("privacy") { privacyScreen() }

    @Test fun `privacy, withdraw`() = check("privacy-withdraw") { privacyWithdrawScreen() }

    @Test fun role() = check("role") { roleNeededScreen() }

    @Test fun `role, it is held`() = check("role-held") { roleScreen() }
}

@Config(qualifiers = "en-rUS-w360dp-h720dp-night-xhdpi")
class NightScreensTest : ScreensTest() {
    override val look = "en-night"
}

/** The largest letters on the smallest phone. */
@Config(qualifiers = "en-rUS-w320dp-h640dp-xhdpi", fontScale = 2f)
class LargeScreensTest : ScreensTest() {
    override val look = "en-large"
}

@Config(qualifiers = "zh-rTW-w360dp-h720dp-xhdpi")
class TaiwanScreensTest : ScreensTest() {
    override val look: String? = null
}

/** Lines are no longer than can be read. */
@RunWith(AndroidRunner::class)
@Config(sdk = [35], qualifiers = "zh-rCN-w800dp-h600dp-land-xhdpi")
class TabletScreensTest {
    @get:Rule
    val handset = Handset()

    private fun check(name: String, screen: Activity) {
        assertEquals(emptyList<String>(), screen.windows.flatMap { it.faults() })
        assertEquals(screen.resources.getDimensionPixelSize(R.dimen.widest), screen.at<View>(R.id.list).width)
        screen.looksLike("tablet/$name")
    }

    @Test fun inbox() = check("inbox", handset.inboxScreen())

    @Test fun thread() = check("thread", handset.threadScreen())
}
