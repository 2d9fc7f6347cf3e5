// SPDX-License-Identifier: GPL-3.0-or-later
// Which layer and head are looked at, with the heads laid over it or all of them fused into one. Lives in the window's
// thread.
#pragma once

#include "core/base/attention_math.h"

#include <QList>
#include <QObject>

namespace headlens {

struct HeadPlace {
    int layer = 0, head = -1; // -1: all of the layer (of an emphasis)
    bool operator==(const HeadPlace&) const = default;
};

class HeadChoice : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    int layer() const { return m_layer; }
    int head() const { return m_overlaid.first().head; } // the chosen one
    // The chosen one first, then those laid over it, of any layer.
    const QList<HeadPlace>& overlaid() const { return m_overlaid; }
    QList<int> heads() const; // those of the chosen layer, in the same order
    bool overlaysHeads() const { return m_overlaid.size() > 1 && m_fusion == HeadFusion::Single; }
    HeadFusion fusion() const { return m_fusion; }

    int layers() const { return int(m_counts.size()); }
    int headCount() const { return m_counts[m_layer]; } // of the chosen layer
    int headCount(int layer) const { return m_counts[layer]; }
    // The heads of every layer. What is beyond them is pulled in, everything else is kept. Says nothing: whoever calls
    // emits changed() when the tokens fit as well (Selection::setExtent).
    void fit(const QList<int>& counts);

    void setLayer(int layer);
    void setHead(int head);                     // and nothing else overlaid
    void toggleHead(int layer, int head);       // adds to or takes from the overlay; the last one stays
    void overlayHeads(const QList<int>& heads); // these of the chosen layer and no others, the first one chosen
    void setFusion(HeadFusion fusion);

Q_SIGNALS:
    void changed();

private:
    void keepExistingHeads();
    void moveToLayer(int layer);

    QList<int> m_counts{1}; // heads of every layer
    int m_layer = 0;
    QList<HeadPlace> m_overlaid{{0, 0}}; // the first one in the chosen layer
    HeadFusion m_fusion = HeadFusion::Single;
};

} // namespace headlens
