package org.smsfilter.demo

import android.app.Activity
import android.widget.EditText
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.LocalTime
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.Action
import org.smsfilter.AndroidRunner
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Preset
import org.smsfilter.Relation
import org.smsfilter.demo.policy.CategoryActivity
import org.smsfilter.demo.policy.ChangeActivity
import org.smsfilter.demo.policy.ExceptionActivity
import org.smsfilter.demo.policy.PolicyActivity
import org.smsfilter.demo.policy.PolicyJson
import org.smsfilter.demo.policy.moved
import org.smsfilter.demo.policy.with

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class PolicyTest {
    @get:Rule
    val handset = Handset()

    private val filter get() = handset.app.phone.filter

    private val policy get() = filter.policy()

    private fun screen(): PolicyActivity = handset.open(PolicyActivity.intent(handset.app))

    private fun tap(screen: Activity, text: String) {
        screen.tap(text)
        handset.settle()
    }

    @Test
    @Config(sdk = [26, 31, 35])
    fun `a cell is changed, shown on the messages of this phone, saved, and undone`() {
        handset.deliver("106900001111", ADVERT)
        val category: CategoryActivity = handset.open(CategoryActivity.intent(handset.app, Category.PROMOTION))
        tap(category, "未登记的服务号码")
        handset.pick(Action.QUARANTINE.ordinal)
        val change = handset.preview(category)
        assertTrue("${change.texts()}", change.texts().any { "会移走 1 条" in it })
        assertEquals("nothing before it is saved", Policy.preset(Preset.STANDARD), policy)
        handset.save(change, category)
        handset.deliver("106900001111", ADVERT.replace("100", "50"))
        assertEquals(Action.QUARANTINE, handset.app.phone.index.get(2)!!.received.action)
        assertTrue("${category.texts()}", "移到拦截箱（有 60% 以上的把握），否则照常" in category.texts())
        tap(category, "撤销")
        assertEquals(Policy.preset(Preset.STANDARD), policy)
    }

    @Test
    fun `the policy is told in sentences and by category`() {
        val screen = screen()
        assertFalse("其余短信正常进入收件箱。" in screen.texts())
        screen.click(R.id.says_all)
        assertTrue("其余短信正常进入收件箱。" in screen.texts())
        assertTrue("${screen.texts()}", screen.texts().any { "陌生号码、境外号码、未登记的服务号码：移到拦截箱" in it })
        tap(screen, "推广")
        handset.follow<CategoryActivity>(screen)
    }

    @Test
    fun `quiet hours are begun, ended and on chosen days`() {
        val screen = screen()
        screen.click(R.id.quiet_add)
        handset.setTime(22, 30)
        handset.setTime(7, 0)
        // As a user finds it: all days are chosen, and one is taken away.
        dialog.listView.run { setItemChecked(DayOfWeek.SUNDAY.ordinal, true) }
        handset.pick(DayOfWeek.SUNDAY.ordinal)
        handset.agree()
        handset.save(handset.preview(screen), screen)
        val window = policy.quietHours.single()
        assertEquals(LocalTime.of(22, 30) to LocalTime.of(7, 0), window.from to window.to)
        assertEquals(DayOfWeek.values().toSet() - DayOfWeek.SUNDAY, window.days)
        assertTrue("${screen.texts()}", screen.texts().any { "22:30 至次日 07:00" in it && "周日" !in it.substringBefore("22:30") })
    }

    @Test
    fun `quiet hours on no day are refused with the reason`() {
        val change: ChangeActivity = handset.open(
            ChangeActivity.intent(handset.app, policy.copy(quietHours = listOf(Policy.Window(LocalTime.of(1, 0), LocalTime.of(2, 0), emptySet())))),
        )
        assertFalse(change.isShown(R.id.save))
        assertTrue(change.text(R.id.says), change.text(R.id.says).any { it in '\u4e00'..'\u9fff' })
        assertEquals(emptyList<Any>(), policy.quietHours)
    }

    @Test
    fun `retention is set and too many days are refused in the language of the user`() {
        val screen = screen()
        screen.at<android.view.ViewGroup>(R.id.retention).getChildAt(0).performClick()
        dialog.findViewById<EditText>(R.id.days)!!.setText("5000")
        handset.agree()
        val refused = handset.preview(screen)
        assertFalse(refused.isShown(R.id.save))
        assertTrue(refused.text(R.id.says), "3650" in refused.text(R.id.says) && "天" in refused.text(R.id.says))
        screen.at<android.view.ViewGroup>(R.id.retention).getChildAt(0).performClick()
        dialog.findViewById<EditText>(R.id.days)!!.setText("14")
        handset.agree()
        handset.save(handset.preview(screen), screen)
        assertEquals(14, policy.retentionDays[Category.PROMOTION])
    }

    @Test
    fun `an exception is added, reordered, removed, and each is undone`() {
        filter.choosePolicy(policy.copy(exceptions = listOf(Policy.Exception(Action.QUARANTINE, simSlot = 1))))
        val screen = screen()
        screen.click(R.id.exception_add)
        val form = handset.follow<ExceptionActivity>(screen)
        form.at<EditText>(R.id.sender).setText("1069*")
        form.click(R.id.go_on)
        handset.settle()
        handset.save(handset.preview(form), form)
        assertTrue(form.isFinishing)
        assertEquals(listOf(null, "1069*"), policy.exceptions.map { it.sender })
        val again = screen()
        val first = again.texts().first { it.startsWith("例外 1：") }
        again.tapLabel("下移：$first")
        handset.settle()
        val order = handset.preview(again)
        assertEquals("nothing before it is saved", listOf(null, "1069*"), policy.exceptions.map { it.sender })
        handset.save(order, again)
        assertEquals(listOf("1069*", null), policy.exceptions.map { it.sender })
        tap(again, "撤销")
        assertEquals(listOf(null, "1069*"), policy.exceptions.map { it.sender })
        again.tapLabel("删除：$first")
        handset.settle()
        val removal = handset.preview(again)
        assertEquals("nothing before it is saved", 2, policy.exceptions.size)
        handset.save(removal, again)
        assertEquals(listOf("1069*"), policy.exceptions.map { it.sender })
        tap(again, "撤销")
        assertEquals(2, policy.exceptions.size)
    }

    @Test
    fun `an exception without conditions is refused with the reason`() {
        val form: ExceptionActivity = handset.open(ExceptionActivity.intent(handset.app, -1))
        form.click(R.id.go_on)
        handset.settle()
        assertTrue(form.isShown(R.id.problem))
        assertTrue(form.text(R.id.problem), form.text(R.id.problem).any { it in '\u4e00'..'\u9fff' })
    }

    @Test
    fun `a shopping festival that came with the rules is switched on with its dates, and off`() {
        val screen = screen()
        val title = filter.offered().first { it.isOverlay }.title.zh
        tap(screen, title)
        handset.save(handset.preview(screen), screen)
        assertTrue("it has its days", policy.rows.any { it.dates != null })
        assertFalse("it is one switch, not four rows", screen.isShown(R.id.finer_title))
        tap(screen, title)
        handset.save(handset.preview(screen), screen)
        assertFalse(policy.rows.any { it.dates != null })
    }

    @Test
    fun `a policy comes through screens as it was`() {
        val all = Preset.entries.map { Policy.preset(it) } + filter.offered().map { it.policy } + Policy(
            "“mine” 我的", listOf(Policy.Row(Category.SERVICE, Relation.FOREIGN, Action.SILENT, 700, "bank", Policy.Dates(LocalDate.MIN.withYear(-4000), LocalDate.of(2027, 1, 1)))),
            listOf(Policy.Exception(Action.DIGEST, 1, listOf(Policy.Window(LocalTime.NOON, LocalTime.MIDNIGHT, setOf(DayOfWeek.MONDAY))), null, "10*", "商城", "a.b", true)),
            listOf(Policy.Window(LocalTime.MIDNIGHT, LocalTime.NOON)), listOf(LocalTime.of(8, 5)), mapOf(Category.FRAUD to 3),
        )
        for (policy in all) assertEquals(policy, PolicyJson.read(PolicyJson.write(policy)))
    }

    @Test
    fun `what is no policy changes nothing`() {
        for (broken in listOf(null, "", "{}", "[1]", """{"name":"","rows":[{"category":"X"}]}""")) {
            val intent = android.content.Intent(handset.app, ChangeActivity::class.java).putExtra("policy", broken)
            val change = handset.open<ChangeActivity>(intent)
            assertFalse(change.isShown(R.id.save))
        }
        assertEquals(Policy.preset(Preset.STANDARD), policy)
    }

    @Test
    fun `a cell keeps the score that it needed`() {
        val standard = Policy.preset(Preset.STANDARD)
        val silent = standard.with(Category.FRAUD, Relation.KNOWN_SERVICE, Action.SILENT)
        assertEquals(listOf(500), silent.rows.filter { it.category == Category.FRAUD && it.relation == Relation.KNOWN_SERVICE }.map { it.minScore })
        assertEquals(standard.rows.size - 1, silent.rows.size)
        assertEquals(standard, standard.moved(0, 1))
    }

    @Test
    fun `a change and a form come back after the end of the process`() {
        val change = handset.comeBack(handset.open<ChangeActivity>(ChangeActivity.intent(handset.app, Policy.preset(Preset.OFF))))
        assertTrue(change.isShown(R.id.save))
        val begun = handset.open<ExceptionActivity>(ExceptionActivity.intent(handset.app, -1)).apply {
            type(R.id.signature, "试验商城")
            tap("由哪张卡收到")
            handset.pick(2)
        }
        val form = handset.comeBack(begun)
        assertEquals("试验商城", form.text(R.id.signature))
        assertTrue("${form.texts()}", "卡 2" in form.texts())
    }
}
