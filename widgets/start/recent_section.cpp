// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/recent_section.h"

namespace headlens {
namespace {

Icon iconOf(GalleryRecent::Kind kind)
{
    switch (kind) {
    case GalleryRecent::Kind::Model: return Icon::Model;
    case GalleryRecent::Kind::Picture: return Icon::Picture;
    case GalleryRecent::Kind::Text: return Icon::Text;
    }
    return Icon::Model;
}

RowContent rowOf(const GalleryRecent& recent)
{
    RowContent row;
    row.icon = iconOf(recent.kind);
    row.picture = recent.picture;
    row.name = recent.name;
    row.about = recent.about;
    row.whyNot = recent.whyNot;
    row.tip = recent.what;
    row.isRemovable = true;
    return row;
}

} // namespace

RecentSection::RecentSection(QWidget* parent) : Section(1.2, parent)
{
    hide(); // until there is something
    connect(list(), &RowList::chosen, this, [this](int row) {
        const GalleryRecent recent = m_recents[row];
        if (recent.whyNot.isEmpty())
            Q_EMIT chosen(recent);
        else
            Q_EMIT refused(recent.name, recent.whyNot);
    });
    connect(list(), &RowList::removeWanted, this, [this](int row) {
        if (row < m_recents.size()) Q_EMIT removeWanted(GalleryRecent(m_recents[row]));
    });
    retranslate();
}

void RecentSection::setRecents(const QList<GalleryRecent>& recents)
{
    m_recents = recents;
    QList<RowContent> rows;
    for (const GalleryRecent& recent : recents) rows << rowOf(recent);
    list()->setRows(rows);
    setVisible(!list()->shown().isEmpty());
}

void RecentSection::retranslate()
{
    setTitle(tr("Opened before"));
}

} // namespace headlens
