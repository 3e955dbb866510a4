package org.smsfilter

import com.google.gson.Gson
import java.io.File

/** A shared case of `tests/cases`, as `cargo xtask test` writes them for us. What [want] leaves out is not compared. */
class Case(
    val name: String,
    val sender: String,
    val body: String,
    val received_at: Long?,
    val utc_offset_min: Int,
    val known: String,
    val sim: CaseSim?,
    val policy: String,
    val want: Want,
) {
    class CaseSim(val slot: Int, val operator: String)

    class Want(
        val category: String,
        val subcategory: String?,
        val action: String?,
        val row: String?,
        val rules: List<String>?,
        val flags: List<String>?,
        /** In code points. */
        val spans: List<List<Int>>?,
    )

    val message: Message
        get() = Message(
            sender,
            body,
            received_at,
            utc_offset_min,
            sim?.let { Sim(it.slot, it.operator) },
            Known.valueOf(known.uppercase()),
        )

    val preset: Preset get() = Preset.valueOf(policy.uppercase())

    override fun toString(): String = name

    companion object {
        val all: List<Case> by lazy {
            val lines = File(System.getProperty("smsfilter.target"), "cases.jsonl").readLines()
            lines.map { Gson().fromJson(it, Case::class.java) }.also { check(it.isNotEmpty()) { "no shared case" } }
        }
    }
}

/** What the tests open, as `cargo xtask test` writes it for us: bundles signed by the development root. */
object Rules {
    /** Phishing by the national rules, unknown by [other]. */
    const val LURE = "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证，以免影响通行。"

    val trust: Trust = Trust.development()

    fun bundle(): ByteArray = file("national.smsb")

    fun image(): ByteArray = file("national.smsi")

    fun other(): ByteArray = file("mini.smsb")

    /** Says more than [other] when it stands beside it. */
    fun addition(): ByteArray = file("city.smsb")

    private fun file(name: String) = File(System.getProperty("smsfilter.target"), name).readBytes()
}
