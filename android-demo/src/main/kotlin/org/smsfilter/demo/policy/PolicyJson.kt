package org.smsfilter.demo.policy

import java.time.DayOfWeek
import java.time.LocalDate
import java.time.LocalTime
import org.json.JSONArray
import org.json.JSONObject
import org.smsfilter.Action
import org.smsfilter.Category
import org.smsfilter.Policy
import org.smsfilter.Relation

/** A policy on its way from one screen to the next, and through the end of a process. */
object PolicyJson {
    fun write(policy: Policy): String = JSONObject()
        .put("name", policy.name)
        .put("rows", array(policy.rows, ::row))
        .put("exceptions", array(policy.exceptions, ::exception))
        .put("quiet", array(policy.quietHours, ::window))
        .put("digest", array(policy.digestTimes) { it.toString() })
        .put("retention", JSONObject().apply { policy.retentionDays.forEach { (category, days) -> put(category.name, days) } })
        .toString()

    /** @throws org.json.JSONException or [IllegalArgumentException] if it is none */
    fun read(text: String): Policy = JSONObject(text).run {
        Policy(
            getString("name"),
            objects("rows").map(::row),
            objects("exceptions").map(::exception),
            objects("quiet").map(::window),
            getJSONArray("digest").run { List(length()) { time(getString(it)) } },
            getJSONObject("retention").run { keys().asSequence().associate { Category.valueOf(it) to getInt(it) } },
        )
    }

    private fun row(row: Policy.Row) = JSONObject()
        .put("category", row.category.name).put("relation", row.relation.name).put("action", row.action.name)
        .put("score", row.minScore).putOpt("sub", row.subcategory).putOpt("dates", row.dates?.let(::dates))

    private fun row(json: JSONObject) = json.run {
        Policy.Row(
            Category.valueOf(getString("category")), Relation.valueOf(getString("relation")), Action.valueOf(getString("action")),
            getInt("score"), text("sub"), optJSONObject("dates")?.let(::dates),
        )
    }

    private fun exception(one: Policy.Exception) = JSONObject()
        .put("action", one.action.name).putOpt("sim", one.simSlot).put("week", array(one.week, ::window))
        .putOpt("dates", one.dates?.let(::dates)).putOpt("sender", one.sender).putOpt("signature", one.signature)
        .putOpt("rule", one.rule).put("over", one.isOverFloor)

    private fun exception(json: JSONObject) = json.run {
        Policy.Exception(
            Action.valueOf(getString("action")), if (has("sim")) getInt("sim") else null, objects("week").map(::window),
            optJSONObject("dates")?.let(::dates), text("sender"), text("signature"), text("rule"), getBoolean("over"),
        )
    }

    private fun window(window: Policy.Window) = JSONObject()
        .put("from", window.from.toString()).put("to", window.to.toString()).put("days", array(window.days.toList()) { it.name })

    private fun window(json: JSONObject) = json.run {
        val days = getJSONArray("days").run { List(length()) { DayOfWeek.valueOf(getString(it)) } }
        Policy.Window(time(getString("from")), time(getString("to")), days.toSet())
    }

    private fun dates(dates: Policy.Dates) = JSONObject().put("from", dates.from.toEpochDay()).put("until", dates.until.toEpochDay())

    private fun dates(json: JSONObject) = Policy.Dates(LocalDate.ofEpochDay(json.getLong("from")), LocalDate.ofEpochDay(json.getLong("until")))

    private fun time(text: String) = try {
        LocalTime.parse(text)
    } catch (e: java.time.format.DateTimeParseException) {
        throw IllegalArgumentException(e)
    }

    private fun <T> array(items: List<T>, write: (T) -> Any) = JSONArray(items.map(write))

    private fun JSONObject.objects(name: String) = getJSONArray(name).run { List(length()) { getJSONObject(it) } }

    private fun JSONObject.text(name: String) = if (has(name)) getString(name) else null
}
