package org.smsfilter.demo

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.smsfilter.AndroidRunner

@RunWith(AndroidRunner::class)
@Config(sdk = [35])
class LookTest {
    @get:Rule
    val handset = Handset()

    private fun all(kind: String) {
        handset.default(false)
        handset.now += MINUTE
        handset.reportScreen().shoot("look/$kind-report")
        handset.now += MINUTE
        handset.shieldScreen().shoot("look/$kind-shield")
        handset.now += MINUTE
        handset.diagnosticsScreen().shoot("look/$kind-diagnostics")
        handset.now += MINUTE
        handset.ledgerScreen().shoot("look/$kind-ledger")
        handset.now += MINUTE
        handset.promisesScreen().shoot("look/$kind-promises")
        handset.now += MINUTE
        handset.effectScreen().shoot("look/$kind-effect")
        handset.now += MINUTE
        handset.unsubscribeScreen("【别的商城】会员日全场五折，满200减100，退订回TD", "106900003333").shoot("look/$kind-unsubscribe")
        handset.now += MINUTE
        handset.roleScreen().shoot("look/$kind-role")
        handset.now += MINUTE
        handset.rulesScreen().shoot("look/$kind-rules")
        handset.now += MINUTE
        handset.privacyScreen().shoot("look/$kind-privacy")
    }

    @Test
    @Config(qualifiers = "zh-rCN-w360dp-h1500dp-xhdpi")
    fun light() = all("light")

    @Test
    @Config(qualifiers = "zh-rTW-w360dp-h1300dp-night-mdpi")
    fun dark() = all("dark")

    @Test
    @Config(qualifiers = "en-rUS-w360dp-h1500dp-mdpi")
    fun english() = all("en")

    @Test
    @Config(qualifiers = "en-rUS-w320dp-h2600dp-mdpi")
    fun large() {
        RuntimeEnvironment.setFontScale(2f)
        all("large")
    }
}
