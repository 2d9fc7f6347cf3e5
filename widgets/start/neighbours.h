// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace headlens {

// The nearest of `all` on the side of an arrow key, as they lie on `page`; one straight ahead is nearer than one
// aside, and up and down stay in the column. Null: there is none.
QWidget* neighbour(const QWidget& page, const QList<QWidget*>& all, const QWidget& from, int key);

} // namespace headlens
