package org.smsfilter.demo.messages

import android.Manifest.permission.READ_PHONE_STATE
import android.content.Context
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.telephony.SubscriptionInfo
import android.telephony.SubscriptionManager
import org.smsfilter.Sim
import org.smsfilter.demo.R

/** The SIM cards of this phone, if they may be read. */
class SimCards(private val context: Context) {
    private val manager = context.getSystemService(SubscriptionManager::class.java)

    /** All of them, by slot. */
    fun all(): List<SubscriptionInfo> {
        if (context.checkSelfPermission(READ_PHONE_STATE) != PERMISSION_GRANTED) return emptyList()
        return manager?.activeSubscriptionInfoList.orEmpty().sortedBy { it.simSlotIndex }
    }

    /** The SIM that has a subscription id. */
    fun of(subscription: Int): Sim? = all().find { it.subscriptionId == subscription }?.let(::sim)

    /** A SIM with what is known of its operator. */
    fun withOperator(sim: Sim): Sim = all().find { it.simSlotIndex == sim.slot }?.let(::sim) ?: sim

    private fun sim(info: SubscriptionInfo): Sim? = info.simSlotIndex.takeIf { it in 0..255 }?.let { Sim(it, operator(info)) }

    /** MCC and MNC: numbers until Android 9, where a leading zero of the MNC was lost; two digits are usual in China. */
    @Suppress("DEPRECATION")
    private fun operator(info: SubscriptionInfo): String =
        if (info.mcc == 0) "" else "%03d%02d".format(java.util.Locale.ROOT, info.mcc, info.mnc)
}

/** How a SIM is called: its slot, and the name that the user or the operator gave it. */
fun Context.title(sim: SubscriptionInfo): String {
    val name = sim.displayName?.toString().orEmpty()
    return if (name.isEmpty()) getString(R.string.sim_slot, sim.simSlotIndex + 1) else getString(R.string.sim_slot_named, sim.simSlotIndex + 1, name)
}
