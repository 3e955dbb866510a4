package org.smsfilter.demo.messages

import org.smsfilter.demo.view.Screen

class SearchActivity : Screen()
