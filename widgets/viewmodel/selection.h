// SPDX-License-Identifier: GPL-3.0-or-later
// What is being looked at: one object that every pane reads and writes, so that no pane knows another. A pane holds the
// parts that it needs.
#pragma once

#include "widgets/viewmodel/emphasis.h"
#include "widgets/viewmodel/head_choice.h"
#include "widgets/viewmodel/token_choice.h"

#include <QList>
#include <QObject>
#include <QString>

namespace headlens {

// What lies over the picture: the row of the query, or the map of a method by its id (verbs::MethodInfo).
inline const QString kRowMap = QStringLiteral("row");

class Selection : public QObject {
    Q_OBJECT
public:
    explicit Selection(QObject* parent = nullptr);

    // Its parts, as long as it lives.
    HeadChoice* heads() const { return m_heads; }
    TokenChoice* tokens() const { return m_tokens; }
    Emphasis* emphasis() const { return m_emphasis; }

    const QString& map() const { return m_map; } // kRowMap or a method's id
    bool showsRow() const { return m_map == kRowMap; }
    void setMap(const QString& map);

    // How far heads and tokens may go. Values beyond are pulled in, everything that still exists is kept; both are said
    // to have changed when both fit: who hears of the one asks with the other.
    void setExtent(const QList<int>& headsOfLayers, const QList<int>& tokensOfStreams);

Q_SIGNALS:
    void mapChanged(); // another map, or HeadChoice::changed(): the same one of other heads

private:
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    Emphasis* m_emphasis;
    QString m_map = kRowMap;
};

} // namespace headlens
