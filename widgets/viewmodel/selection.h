// SPDX-License-Identifier: GPL-3.0-or-later
// What is being looked at: one object that every pane reads and writes, so that no pane knows another.
#pragma once

#include "core/base/attention_math.h"

#include <QList>
#include <QObject>
#include <QString>

namespace headlens {

// What lies over the picture: the row of the query, or the map of a method by its id (verbs::MethodInfo).
inline const QString kRowMap = QStringLiteral("row");

struct HeadPlace {
    int layer = 0, head = -1; // -1: all of the layer (of an emphasis)
    bool operator==(const HeadPlace&) const = default;
};

class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    int layer() const { return m_layer; }
    int head() const { return m_overlaid.first().head; } // the chosen one
    const QList<HeadPlace>& overlaid() const
    {
        return m_overlaid;
    }                         // chosen first, then those laid over it, of any layer
    QList<int> heads() const; // those of the chosen layer, in the same order
    bool overlaysHeads() const { return m_overlaid.size() > 1 && m_fusion == HeadFusion::Single; }
    HeadFusion fusion() const { return m_fusion; }
    const QString& map() const { return m_map; } // kRowMap or a method's id
    bool showsRow() const { return m_map == kRowMap; }
    int stream() const { return m_stream; } // the sequence in which the token counts (InputInfo.streams)
    int token() const { return m_token; }   // the query (or the key, in reverse)
    bool isPinned() const { return m_pinned; }
    int otherToken() const { return m_other; } // the token under the mouse while one is pinned; -1 none
    int otherStream() const { return m_otherStream; }
    bool reverse() const { return m_reverse; } // who attends to the token, instead of what it attends to

    // How far the three may go: the heads of every layer, the tokens of the first. Values beyond are pulled in;
    // everything that still exists is kept.
    void setExtent(const QList<int>& heads, const QList<int>& tokensOfStreams);
    void setExtent(const QList<int>& heads, int tokens) { setExtent(heads, QList<int>{tokens}); }

    void setLayer(int layer);
    void setHead(int head);                     // and nothing else overlaid
    void toggleHead(int layer, int head);       // adds to or takes from the overlay; the last one stays
    void overlayHeads(const QList<int>& heads); // these of the chosen layer and no others, the first one chosen
    void setFusion(HeadFusion fusion);
    void setMap(const QString& map);
    // The query unless one is pinned, then the other token; -1: nothing. Without a stream: in the current one.
    void hover(int token) { hoverIn(m_pinned ? m_otherStream : m_stream, token); }
    void hoverIn(int stream, int token);
    void setToken(int token);                       // moves the query within its stream, pinned or not
    void pin(int token) { pinIn(m_stream, token); } // the same token again lets go
    void pinIn(int stream, int token);
    void pinLookedAt(); // by keyboard: the token that is pointed at, or the query
    void unpin();
    void setReverse(bool reverse);

    // What a lesson speaks of: the others step back. Empty: all count alike.
    void emphasise(const QList<HeadPlace>& places);
    bool isEmphasised(int layer, int head) const;
    bool emphasises() const { return !m_emphasised.isEmpty(); }

    int layers() const { return int(m_headCounts.size()); }
    int headCount() const { return m_headCounts[m_layer]; } // of the chosen layer
    int tokens() const { return tokensOf(m_stream); }       // of the current stream
    int tokensOf(int stream) const { return stream >= 0 && stream < m_tokens.size() ? m_tokens[stream] : 0; }

Q_SIGNALS:
    void mapChanged();   // layer, heads, fusion or map
    void tokenChanged(); // query or direction: new rows are needed
    void emphasisChanged();
    void otherChanged(); // the token under the mouse, or the pin

private:
    void keepExistingHeads();
    void moveToLayer(int layer);

    QList<int> m_headCounts{1};
    QList<int> m_tokens{1}; // of every stream
    int m_layer = 0, m_stream = 0, m_token = 0, m_other = -1, m_otherStream = 0;
    QList<HeadPlace> m_overlaid{{0, 0}}; // the first one in the chosen layer
    QList<HeadPlace> m_emphasised;
    HeadFusion m_fusion = HeadFusion::Single;
    QString m_map = kRowMap;
    bool m_pinned = false, m_reverse = false;
};

} // namespace headlens
