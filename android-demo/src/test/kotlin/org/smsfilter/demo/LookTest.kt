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
        handset.reportScreen().shoot("look/$kind-report")
        handset.shieldScreen().shoot("look/$kind-shield")
        handset.diagnosticsScreen().shoot("look/$kind-diagnostics")
        handset.ledgerScreen().shoot("look/$kind-ledger")
        handset.promisesScreen().shoot("look/$kind-promises")
        handset.effectScreen().shoot("look/$kind-effect")
        handset.unsubscribeScreen("【别的商城】会员日全场五折，满200减100，退订回TD", "106900003333").shoot("look/$kind-unsubscribe")
        handset.roleScreen().shoot("look/$kind-role")
        handset.rulesScreen().shoot("look/$kind-rules")
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
