package org.smsfilter.demo

// The messages of the tests, and who sends them: made up, every one of them.

const val MOTHER = "妈，我晚上七点到家，等我吃饭。"
const val CODE = "【试验银行】验证码482913，5分钟内有效，请勿告诉他人。"
const val LOAN = "低息贷款，先交手续费500元当天放款，加微信 abc12345"
const val GAMBLING = "澳门线上娱乐城，百家乐真人荷官，首存100送88，注册即送彩金 http://am88.example/r"

/** What the national rules call a phishing message of a stranger. */
const val FRAUD = "【ETC】您的ETC已失效，请于今日点击 http://etc-rz.example/a 重新认证，逾期将停用。"

/** An advert of a shop that does not exist, with a way to refuse. */
const val ADVERT = "【试验商城】会员日全场五折，满200减100，退订回TD"

/** The shop's number. */
const val PORT = "106900001111"
const val STRANGER = "13900139000"
