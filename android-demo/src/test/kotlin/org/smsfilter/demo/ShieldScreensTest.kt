package org.smsfilter.demo

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class ShieldScreensTest {
    @get:Rule
    val handset = Handset()

    @Test
    fun shield() {
        handset.default()
        handset.shieldScreen().shoot("shield")
    }

    @Test
    fun `shield that needs something`() {
        handset.default(false)
        handset.shieldScreen().shoot("shield-needs")
    }

    @Test
    fun rules() {
        handset.rulesScreen().shoot("rules")
    }

    @Test
    fun effect() {
        handset.effectScreen().shoot("effect")
    }

    @Test
    fun diagnostics() {
        handset.diagnosticsScreen().shoot("diagnostics")
    }

    @Test
    fun privacy() {
        handset.privacyScreen().shoot("privacy")
    }

    @Test
    fun role() {
        handset.roleScreen().shoot("role")
    }
}
