// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/get_section.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>

#include <array>

namespace headlens {
namespace {

struct Offer {
    const char* name; // of the family, as its authors write it
    const char* repository;
};

// One of every family that people ask for first; all of them are read by our own loaders (docs/using.md).
constexpr std::array<Offer, 6> kOffers{{{"ViT-Base", "google/vit-base-patch16-224"},
                                        {"DINO ViT-S/16", "facebook/dino-vits16"},
                                        {"DINOv2 small", "facebook/dinov2-small"},
                                        {"BERT base", "google-bert/bert-base-uncased"},
                                        {"GPT-2", "openai-community/gpt2"},
                                        {"CLIP ViT-B/32", "openai/clip-vit-base-patch32"}}};

} // namespace

GetSection::GetSection(QWidget* parent) : Section(1.2, parent)
{
    connect(list(), &RowList::chosen, this, &GetSection::copy);
    retranslate();
}

void GetSection::copy(int row)
{
    const QString command = rows()[row]->content().about;
    QGuiApplication::clipboard()->setText(command);
    Q_EMIT copied(command);
}

void GetSection::retranslate()
{
    setTitle(tr("Get a model"));
    setNote(
        tr("HeadLens never goes online. Click a line to copy it, run it in a terminal (hf comes with pip install "
           "huggingface_hub), and the model is listed above. Any folder with weights can be dropped here as well."));
    QList<RowContent> rows;
    for (const Offer& offer : kOffers) {
        RowContent row;
        row.icon = Icon::Copy;
        row.name = QString::fromLatin1(offer.name);
        row.about = QStringLiteral("hf download ") + QLatin1String(offer.repository);
        row.tip = tr("Copies this line");
        row.isCode = true;
        rows << row;
    }
    list()->setRows(rows);
}

} // namespace headlens
